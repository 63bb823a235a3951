"""Integrations: the applications in a guild, with their bots or without."""
