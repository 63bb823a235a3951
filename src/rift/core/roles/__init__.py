"""Roles: made, read, changed, ordered, deleted; who stands above whom."""
