"""Stages: what goes on in stage channels, from when it is opened until nobody speaks any more."""
