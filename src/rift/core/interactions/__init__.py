"""Interactions: somebody uses a command, a component or a form, and an application answers."""
