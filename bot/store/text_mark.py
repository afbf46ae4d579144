"""Kept for an hour while others move: see bot.governance.text_mark."""

from bot.governance.text_mark import text_mark

__all__ = ["text_mark"]
