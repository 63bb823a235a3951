"""Entitlements: what was bought of applications; this server sells nothing."""
