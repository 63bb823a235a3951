"""Messages: written, read, edited, deleted."""
