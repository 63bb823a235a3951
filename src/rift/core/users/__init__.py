"""Users: who they are to others, and what they change about themselves."""
