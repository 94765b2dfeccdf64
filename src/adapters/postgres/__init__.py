"""PostgreSQL: the embedded server, the check of any server, the connection pool and the migrations."""
