"""Settings: what somebody chose for their clients, the same on all of them."""
