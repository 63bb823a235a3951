"""Voices: who is in which voice channel, and how; what they say is not this server's affair yet."""
