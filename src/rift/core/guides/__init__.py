"""Server guides: what a guild tells its new members, and what they do first."""
