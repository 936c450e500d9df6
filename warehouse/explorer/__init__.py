"""What is in the warehouse, to be looked at in a browser: each view is one URL, each table of it one query that may be taken along."""
