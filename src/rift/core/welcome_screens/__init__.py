"""Welcome screens: what a guild shows to those who come."""
