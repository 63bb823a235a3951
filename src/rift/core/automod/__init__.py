"""Automatic moderation: rules a guild makes for what is said in it and for who comes."""
