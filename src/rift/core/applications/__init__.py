"""Applications: their bots, the bots' tokens, and how a bot gets into a guild."""
