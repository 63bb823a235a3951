"""Members: how they come and go, what they are called, which roles they have."""
