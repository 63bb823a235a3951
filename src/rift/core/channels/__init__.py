"""Channels of guilds: made, read, changed, ordered, deleted; who may do what in them."""
