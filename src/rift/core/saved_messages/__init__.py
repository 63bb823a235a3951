"""Saved messages: what somebody wants to find again, for nobody else to know."""
