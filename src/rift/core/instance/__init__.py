"""The installation as a whole: what it is called, what it allows, and who owns it."""
