"""Notifications: of what in a guild, in its channels and in private ones somebody is told."""
