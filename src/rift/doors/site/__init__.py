"""The web client, served from its build folder."""
