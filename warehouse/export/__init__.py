"""What is published, in formats that outlive this program: files of tables, marts or a query with a description beside them."""
