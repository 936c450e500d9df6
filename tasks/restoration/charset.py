"""Bytes -> text, with the charset the page is really in, whatever it declares."""
