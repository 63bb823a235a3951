"""Webhooks: what writes in a channel without being anybody."""
