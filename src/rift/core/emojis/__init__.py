"""Emojis of guilds and of applications: made, changed, deleted, and used."""
