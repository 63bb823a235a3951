"""What the administrator of an instance can do from the shell."""
