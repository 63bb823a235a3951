"""Widgets: what a guild shows of itself on other people's pages."""
