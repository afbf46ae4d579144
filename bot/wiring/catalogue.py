"""What the roles need of the catalogue: the desk actions work at, the shop's rules, the ledger, what is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import structlog

from bot.clock import utc_now
from bot.errors import GiftbotError
from bot.settings import Settings

log = structlog.get_logger()


def recent_briefs(settings: Settings) -> Any:
    """Where a worker notes what is asked lately, for dry runs of imports."""
    from actions.search import wanted
    from actions.talk import TalkSoFar
    from bot.dialogue.recent_briefs import RecentBriefs
    from bot.dialogue.worker import rest
    from catalog.publishing.briefs import note_briefs
    from catalog.publishing.importing import TERMS
    from catalog.words.terms import GiftTerms
    from nlu.brief import Brief

    storage, terms = _catalogue(settings), GiftTerms.load(TERMS)

    def note(briefs: Any) -> None:
        asked = [wanted(TalkSoFar(Brief.from_json(brief))) for brief in briefs]
        note_briefs(storage, asked, terms, now=utc_now())

    return RecentBriefs(note, rest)


def open_ledger(settings: Settings) -> Any:
    """Where a worker keeps what shoppers do with what is shown; None where the shop keeps no such thing."""
    from bot.dialogue.ledger_rows import SOURCE, KeptInLedger

    shop = settings.catalog
    sources = [one.strip() for one in shop.consented_sources.split(",") if one.strip()]
    if SOURCE not in sources and not shop.consent_file:
        return None
    from catalog.interactions.consent import FollowedConsent
    from catalog.interactions.ledger import LEDGER, Ledger

    try:
        gate = FollowedConsent(sources, Path(shop.consent_file) if shop.consent_file else None)
    except (OSError, ValueError) as error:
        raise GiftbotError(f"GIFTBOT_CATALOG_CONSENT_FILE: {error}") from error
    return KeptInLedger(Ledger.open(_catalogue(settings).below(LEDGER), gate, clock=utc_now))


def open_desk(settings: Settings) -> Any:
    """What the actions work with; raises GiftbotError where nothing is published or a setting is wrong."""
    from actions.desk import Desk

    shelf = open_shelf(settings)
    rules, steering = _house_rules(settings)
    log.info("catalogue_opened", snapshot=shelf.snapshot_id)
    desk = Desk(shelf=shelf, clock=utc_now, rules=rules, steering=steering.steers)
    desk.between_turns()  # so that no shopper waits for the steers to be found on the shelf
    return desk


def _house_rules(settings: Settings) -> tuple[Any, Any]:
    from catalog.offers.delivery_settings import delivery_rules, zone_of
    from catalog.ranking.house_rules import HouseRules
    from catalog.steering.steering_file import SteeringFile

    shop = settings.catalog
    try:
        delivery = delivery_rules(
            country=shop.country,
            subdivision=shop.subdivision,
            time_zone=shop.time_zone,
            cut_off=shop.cut_off,
            saturday=shop.saturday_delivery,
            handling=shop.handling,
            transit=shop.transit,
            abroad=shop.transit_abroad,
            today=utc_now().date(),
        )
        steering = SteeringFile.at(
            _catalogue(settings),
            shop.steering or None,
            zone_of(shop.time_zone),
            tell=_tell_steering,
        )
    except ValueError as error:
        raise GiftbotError(f"GIFTBOT_CATALOG_*: {error}") from error
    rules = HouseRules(
        delivery=delivery,
        stock_max_age_days=shop.stock_max_age_days,
        explore=shop.explore,
        margin_weight=shop.margin_weight,
    )
    return rules, steering


def _tell_steering(error: Any) -> None:
    """Where each fault is, as codes; `giftbot catalog steer check` says what it is."""
    for one in error.faults[:10]:
        entry = one.entry.replace(" ", ".")
        log.error("steering_not_in_force", line=one.line, entry=entry, field=one.field, count=len(error.faults))


def _catalogue(settings: Settings) -> Any:
    """Where the catalogue is kept, with the cache it is copied to on this machine."""
    from catalog.storage import Storage

    return Storage.at(settings.catalog.dir, cache=settings.catalog.cache)


def open_shelf(settings: Settings) -> Any:
    """What is published; raises GiftbotError with what to do where nothing is."""
    from catalog.shelf.published import NoSnapshot, Unusable
    from catalog.shelf.shelf import Shelf

    try:
        return Shelf.open(_catalogue(settings))
    except Unusable as error:
        raise GiftbotError(f"{error} (or go back: `giftbot catalog history` lists what can be read).") from error
    except NoSnapshot as error:
        raise GiftbotError(
            f"No catalogue is published in {settings.catalog.dir}: run `giftbot catalog import FEED` "
            "(or `giftbot catalog import sample`)."
        ) from error
