"""E-mail addresses: shown to be somebody's, changed, and the way back to a lost password."""
