"""The command line: what can be said on it, and what each command does."""
