"""Registration codes: how a server that takes not everybody takes somebody."""
