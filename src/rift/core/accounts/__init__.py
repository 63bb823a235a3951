"""Accounts: passwords, tokens and the sessions that logins begin."""
