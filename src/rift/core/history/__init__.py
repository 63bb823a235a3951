"""The history of messages: what was edited away and deleted, for those who moderate."""
