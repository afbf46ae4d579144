"""Readers of merchants' feeds: bytes in, rows of plain text out."""
