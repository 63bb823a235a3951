"""Join requests: who comes agrees to rules or answers questions before they may speak."""
