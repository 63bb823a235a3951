"""Mail: what is to be sent to whom, and the one-time tokens that letters carry."""
