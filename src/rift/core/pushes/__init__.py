"""Web Push: whom a message is told while they are away, and how it reaches their devices."""
