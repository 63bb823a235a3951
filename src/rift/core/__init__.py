"""What can be done, noun by noun, and the unit in which it is done."""
