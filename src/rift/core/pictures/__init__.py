"""Pictures of people, guilds and what is theirs: taken in, hung up, taken down."""
