"""Pins: the messages a channel keeps at hand."""
