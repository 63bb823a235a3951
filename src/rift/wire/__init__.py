"""Discord's objects as structs, spelled as Discord spells them; they are also our model."""
