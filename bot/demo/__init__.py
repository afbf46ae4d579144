"""The demo: all of giftbot on one machine, with X's side and a chat page beside it."""

from bot.demo.main import run_demo

__all__ = ["run_demo"]
