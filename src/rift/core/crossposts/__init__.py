"""Crossposts: messages of announcement channels, published to the channels that follow."""
