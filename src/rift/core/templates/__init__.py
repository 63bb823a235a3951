"""Templates: guilds as patterns for others."""
