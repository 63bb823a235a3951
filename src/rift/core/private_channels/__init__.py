"""Private channels: direct messages of two, and groups; who is in them and who may write."""
