"""The instance as its owners govern it: its accounts, its room, its work, its settings."""
