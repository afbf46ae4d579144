"""The commands of ``giftbot``; each does its work elsewhere."""

from bot.cli.catalog import catalog
from bot.cli.consent import consent
from bot.cli.dead import dead
from bot.cli.departments import departments, governance
from bot.cli.fitting import fit
from bot.cli.interactions import interactions
from bot.cli.measuring import evaluation
from bot.cli.outbox import outbox
from bot.cli.privacy import privacy
from bot.cli.pulling import pull
from bot.cli.restored import restored
from bot.cli.root import giftbot
from bot.cli.snapshots import diff, history, rollback, show
from bot.cli.steering import steer
from bot.cli.talks import talks
from bot.cli.x import x_side

__all__ = ["giftbot"]

catalog.add_command(pull)
catalog.add_command(steer)
for command in (history, show, diff, rollback):
    catalog.add_command(command)
interactions.add_command(fit)
giftbot.add_command(catalog)
giftbot.add_command(consent)
giftbot.add_command(privacy)
giftbot.add_command(dead)
giftbot.add_command(departments)
giftbot.add_command(evaluation)
giftbot.add_command(governance)
giftbot.add_command(interactions)
giftbot.add_command(outbox)
giftbot.add_command(restored)
giftbot.add_command(talks)
giftbot.add_command(x_side)
