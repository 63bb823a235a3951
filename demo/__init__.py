"""`make demo`: a lively sample community, written through the REST API on a clock of its own."""
