"""Harvests: a copy of everything we hold on a person, for that person."""
