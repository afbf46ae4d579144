"""Stems, phrases and the index over them: how words of a request find words of a title."""
