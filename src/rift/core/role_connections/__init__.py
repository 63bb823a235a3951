"""Role connections: what applications say of their users on other platforms."""
