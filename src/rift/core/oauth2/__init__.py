"""OAuth2: users let applications learn who they are, and take it back."""
