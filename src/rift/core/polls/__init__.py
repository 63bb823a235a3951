"""Polls: questions in messages, whose answers are counted until they end."""
