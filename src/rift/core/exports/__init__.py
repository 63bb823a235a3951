"""Copies of a guild or an account to keep: JSON in the shape of DiscordChatExporter, and files."""
