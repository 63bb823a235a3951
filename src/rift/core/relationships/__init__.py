"""Relationships: friends, requests, and who is blocked or ignored."""
