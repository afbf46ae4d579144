"""Wishes told in one breath with their reason: "i found one stop messaging me", "stop texting me im at work"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlu.optout.words import listed

_OPENS_AFTER = listed(
    "i im ive id its this thats you youre u we or because cause cuz bc why how since as your nobody have "
    "ya porque estoy tengo ich ihr hab habe weil sonst je j vous c car parce sinon ho sono perche ja estou eu senao"
)
_WISH_WORDS = listed(
    "stop quit dont do no never leave please unsubscribe unsub remove take cease enough "
    "deja deje dejen dejad para pare paren parad basta hort hor aufhoren lasst lass bitte keine nicht mir mich nie "
    "arretez arrete arreter d ne n cessez cesser laissez laisse plus smettila smettetela smettere non parem parar nao"
)
_OF_OTHERS = listed(
    "he she they him her them his who whom that which whose someone somebody something says say said saying told tells "
    "asked want wants wanted need needs like likes looking if when what did my mug shirt card sign reads reading "
    "printed er sie elle il ella lui lei ele ela mein meine mon ma mi mio mia meu minha qui quien wer der die que chi "
    "quem quiero veux will mochte voglio quero si wenn se"
)
"""With one of these before it a wish is somebody else's, a question's or a product's."""

_TURNS_ROUND = listed(
    "dont not never cant cannot wont no nothing doesnt didnt shouldnt nicht nie kein keine ne pas jamais n non mai nao "
    "nunca sin sans ohne isnt wasnt without"
)
_NOT_LAST = listed(
    "to the a my that your and or with of for in on at about from by as if when i ill we will would can could should "
    "must may might does do ever even de du des le la les un une el los una por con zu zum der die das ein il "
    "lo di da em o um pour par avec para per"
)
_OUR_NAMES = listed("you u vous ustedes usted ihr sie voi voces voce")
_ASKS = listed(
    "stop quit cease leave remove unsubscribe take deja dejen paren hort aufhoren lasst arretez cessez laissez "
    "smettete parem"
)
_NOT_FIRST = listed("out off aus von vom de da dalla das")
_PEOPLE = listed("human person agent people humano persona personne humain mensch menschen pessoa")
"""Who asks for one of these is to be answered."""

_NEAR, _FEWEST = 3, 2


def without_reason(part: str) -> Iterator[str]:
    """Yield what may be the wish of a run of plain words once a reason before or behind it is left out."""
    words = part.split(" ")
    if len(words) <= _FEWEST:
        return
    yield from _without_end(words)
    for at in range(1, len(words)):
        if words[at - 1] in _OUR_NAMES and words[at] in _ASKS and _OF_OTHERS.isdisjoint(words[: at - 2]):
            yield " ".join(words[at:])
        if words[at - 1] in _OF_OTHERS:
            return
        if words[at] in _WISH_WORDS and _begins_anew(words[:at]):
            yield " ".join(words[at:])
            yield from _without_end(words[at:])


def _begins_anew(before: Sequence[str]) -> bool:
    """Whether a wish may begin behind these words: nothing turns it round, and no phrase is cut in two."""
    return before[-1] not in _NOT_LAST and before[-1] not in _OUR_NAMES and _TURNS_ROUND.isdisjoint(before[-_NEAR:])


def _without_end(words: Sequence[str]) -> Iterator[str]:
    if words[0] in _NOT_FIRST or not _PEOPLE.isdisjoint(words):
        return
    for at in range(_FEWEST, len(words)):
        if words[at] in _OPENS_AFTER and words[at - 1] not in _NOT_LAST and words[at - 1] not in _TURNS_ROUND:
            yield " ".join(words[:at])
