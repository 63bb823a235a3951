"""Bans: who may not come back."""
