"""The soundboard of guilds: sounds made, changed, deleted; playing one needs a voice connection."""
