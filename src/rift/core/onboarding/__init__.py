"""Onboarding: what a guild asks those who come, and what their answers give them."""
