"""Protocols people call us with."""
