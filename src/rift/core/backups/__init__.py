"""Backups as the instance makes them by itself, and as its owners handle them."""
