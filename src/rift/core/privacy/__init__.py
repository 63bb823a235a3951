"""Privacy: who may write to somebody, and who may ask for their friendship."""
