"""Discovery: the guilds of this instance that chose to be found by everybody."""
