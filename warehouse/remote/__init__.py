"""Readers on other machines: a published state behind DuckDB's own protocol, and what they may ask."""
