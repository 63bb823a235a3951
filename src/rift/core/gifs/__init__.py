"""GIFs: asked of the provider the operator has a key for, and shown from here."""
