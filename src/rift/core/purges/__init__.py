"""Purges: many messages deleted by what they have in common, in portions."""
