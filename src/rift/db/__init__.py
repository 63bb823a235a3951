"""Everything that touches PostgreSQL: the server we start, the pool, the migrations."""
