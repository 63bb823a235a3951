"""Rift: a self-hosted chat platform that speaks the Discord API."""
