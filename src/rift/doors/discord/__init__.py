"""Discord's own protocols: REST and the gateway."""
