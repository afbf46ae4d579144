"""How one language's words of a stop wish are written down, and what each of them does in it.

A duty is a letter; a word or phrase may carry several ("escribirme" is "WP": write, me). Forms are separated by
commas, ``(a|b)`` stands for either: "dej(a|en) de" is "deja de" and "dejen de"; a choice that
begins or ends with a blank may be left out. Words are plain: lower case, no
accents, no apostrophes, no hyphens.

    S  stop, enough of, tired of          N  not, never, nothing          A  more, again, any more
    W  write to, message                  v  bother, disturb              D  send, receive
    d  get, see, have                     C  be contacted                 H  hear from
    G  want, need, wish                   Y  you                          I  I
    M  messages, spam                     m  one message                  o  offers, updates, reminders
    P  me, my inbox, my number            r  my name, my account          Q  your, from you
    K  remove                             q  take, get (off a list)       u  off, out
    L  a mailing list, your contacts      k  turn off, cancel, pause      e  this chat, my subscription
    x  delete                             n  your system, your records
    b  the bot                            U  unsubscribe                  Z  a wish by itself: get lost
    l  leave                              a  alone                        E  consent, permission
    B  report you, block you              i  if                           R  gone, stopped
    T  anything, stuff                    j  this, these                  t  it, that
    g  gifts, ideas, birthdays            s  politeness and emphasis      f  little words
    h  a clause that is half a wish: no more, count me out
    z  a clause that is a lone word: stop, end
    c  a clause that is politeness: not interested
    X  nothing in a wish, as words that are not listed
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

_CHOICE = re.compile(r"\(([^()]*)\)")


def spelt_out(duties: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Every form with its duties; ``duties`` maps them to forms as above."""
    for duty, forms in duties.items():
        for form in re.split(r",\s*", " ".join(forms.split())):
            parts = _CHOICE.split(form)
            choices = [_choices(part) if at % 2 else [part] for at, part in enumerate(parts)]
            for chosen in itertools.product(*choices):
                if plain := " ".join("".join(chosen).split()):
                    yield plain, duty


def _choices(group: str) -> list[str]:
    return [*group.split("|"), *([""] if group[:1] == " " or group[-1:] == " " else [])]


def listed(words: str) -> frozenset[str]:
    """Words as a set, from a line of them."""
    return frozenset(words.split())
