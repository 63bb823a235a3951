"""What emojis, stickers and sounds have in common: who may touch them, where their files are."""
