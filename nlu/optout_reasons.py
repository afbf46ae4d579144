"""Wishes told in one breath with their reason: "i found one stop messaging me", "stop texting me im at work"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlu.optout_words import listed

_OPENS_BEFORE = listed(
    "i im ive already found bought got not wrong this its youre your you ugh these dude listen look thank thanks love "
    "ya estoy encontre tengo ich hab habe ihr je j vous tu c ho sono ja eu estou"
)
_OPENS_AFTER = listed(
    "i im ive id its this thats you youre u we or because cause cuz bc why how since as your nobody have "
    "ya porque estoy tengo ich ihr hab habe weil sonst je j vous c car parce sinon ho sono perche ja "
    "estou eu senao"
)
_WISH_WORDS = listed(
    "stop quit dont do no never leave please unsubscribe remove take cease deja dejen dejad paren parad hort hor "
    "aufhoren lasst lass bitte arretez arrete ne n cessez laissez laisse basta smettila smettetela non parem pare nao "
    "keine"
)
_ASKS = listed(
    "stop quit cease leave remove unsubscribe take deja dejen paren hort aufhoren lasst arretez cessez laissez "
    "smettete parem"
)
_OF_OTHERS = listed(
    "he she they him her them his who that which to says say said want wants need needs like likes if when why how "
    "what did cant wont would will can could should hope never dont told keep mug shirt card sign reads reading "
    "printed "
    "quiero que er il elle si wenn mochte veux voglio quero was wer pour para per so with of for"
)
"""Before these a wish is somebody else's, a question or a product's."""

_NOT_LAST = listed(
    "to the a my that your and or with of for in on at about from by as no ne n non nao nicht not if when"
)
_OUR_NAMES = listed("you u vous ustedes usted ihr sie voi voces voce")
_THIRD = listed(
    "he she they him her them his their who my if when did does do why sister brother mum mom dad friend ex boss wife "
    "husband er il elle suo sua mi su wenn si se quand cuando quando"
)
"""With one of these, "you" before the wish is not us, or nothing is asked of us."""

_FEWEST = 2


def without_reason(part: str) -> Iterator[str]:
    """Yield what may be the wish of a run of plain words once a reason before or behind it is left out."""
    words = part.split(" ")
    if len(words) <= _FEWEST:
        return
    yield from _without_end(words)
    yield from _asked_of_us(words)
    if words[0] not in _OPENS_BEFORE or words[0] in _OF_OTHERS:
        return
    for at in range(1, len(words)):
        if at > 1 and words[at - 1] in _OF_OTHERS:
            return
        if words[at] in _WISH_WORDS and words[at - 1] not in _NOT_LAST and words[at - 1] not in _OUR_NAMES:
            yield " ".join(words[at:])
            yield from _without_end(words[at:])


def _without_end(words: Sequence[str]) -> Iterator[str]:
    for at in range(_FEWEST, len(words)):
        if words[at] in _OPENS_AFTER and words[at - 1] not in _NOT_LAST:
            yield " ".join(words[:at])


def _asked_of_us(words: Sequence[str]) -> Iterator[str]:
    """Yield what follows "you": what comes before, as in "I formally request that you stop", does not matter."""
    for at in range(1, len(words)):
        if words[at - 1] in _OUR_NAMES and words[at] in _ASKS and _THIRD.isdisjoint(words[: at - 1]):
            yield " ".join(words[at:])
