"""A warehouse that many processes on many machines write at once: DuckLake with its catalog in PostgreSQL, rows and bytes in a store."""
