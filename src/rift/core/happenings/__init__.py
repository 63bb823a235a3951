"""Happenings: what a guild plans and who wants to come; Discord calls them scheduled events."""
