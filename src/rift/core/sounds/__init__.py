"""The soundboard of guilds: sounds made, changed, deleted, and played to who is connected."""
