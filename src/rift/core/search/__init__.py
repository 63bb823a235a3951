"""Finding messages again, by their words and by all that is known of them."""
