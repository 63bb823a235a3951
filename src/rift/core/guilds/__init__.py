"""Guilds: founded, read, changed, handed over, dissolved."""
