"""Measures Rift against its targets: `python -m bench [--quick] [SCENARIO ...]`."""
