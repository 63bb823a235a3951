"""Threads: conversations below a channel, open or for few, that fall asleep when nobody speaks."""
