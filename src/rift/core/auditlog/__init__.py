"""The audit log: what those who run a guild did in it, to whom, and why."""
