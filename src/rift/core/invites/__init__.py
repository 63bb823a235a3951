"""Invites: made, shown to strangers, accepted, withdrawn."""
