"""Stickers of guilds: made of an uploaded file, changed, deleted, and sent with messages."""
