"""Backups: the whole of an instance in a directory, and an instance from such a directory."""
