"""The commands of ``giftbot``; each does its work elsewhere."""

from bot.cli.catalog import catalog
from bot.cli.measuring import evaluation
from bot.cli.root import giftbot
from bot.cli.steering import steer

__all__ = ["giftbot"]

catalog.add_command(steer)
giftbot.add_command(catalog)
giftbot.add_command(evaluation)
