"""Reports: what people find wrong, told to those who can do something about it."""
