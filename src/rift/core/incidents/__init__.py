"""Incidents: what a guild shuts for a while, and how it is told that too many come at once."""
