"""Reactions: emojis below a message, and who put them there."""
