"""Currencies as shoppers name them: signs, codes, words, slang, and whose dollar a dollar is."""

from __future__ import annotations

import re

_SIGNS = {"£": "GBP", "$": "USD", "€": "EUR", "₹": "INR", "¥": "JPY", "₪": "ILS", "₱": "PHP", "₺": "TRY", "₩": "KRW"}
_WORDS = {
    "GBP": "gbp|quid|quids|squid|pounds|pound|sterling|pounds sterling|british pounds|smackers|punds|pouds|pouns",
    "USD": "usd|us dollars|american dollars|us bucks|dollars|dollar|dollers|dollas|bucks|buck|dolars|dollors",
    "EUR": "eur|euros|euro|eu|euroes",
    "CAD": "cad|cdn|canadian dollars|canadian bucks|canadian",
    "AUD": "aud|australian dollars|aussie dollars|aussie bucks|aussie|australian",
    "NZD": "nzd|kiwi dollars|new zealand dollars",
    "INR": "inr|rs|rupees|rupee|rupaye|rs.",
    "JPY": "jpy|yen",
    "CHF": "chf|francs|franken|swiss francs",
    "SEK": "sek|kronor",
    "NOK": "nok",
    "DKK": "dkk",
    "SGD": "sgd|singapore dollars",
    "HKD": "hkd|hong kong dollars",
    "ZAR": "zar|rand",
    "AED": "aed|dirhams|dirham",
    "PLN": "pln|zloty|zlotys",
    "ILS": "ils|nis|shekels",
}
_PREFIXES = {
    "us$": "USD",
    "ca$": "CAD",
    "can$": "CAD",
    "c$": "CAD",
    "au$": "AUD",
    "a$": "AUD",
    "nz$": "NZD",
    "s$": "SGD",
    "sg$": "SGD",
    "hk$": "HKD",
    "rs": "INR",
    "rs.": "INR",
    "/-": "INR",
    "r": "ZAR",
}
_CODE_OF = {word: code for code, words in _WORDS.items() for word in words.split("|")} | _SIGNS | _PREFIXES
_SIGN = "[" + "".join(_SIGNS) + "]"
_LETTERED = "|".join(re.escape(word) for word in sorted(_PREFIXES, key=len, reverse=True) if word.endswith("$"))
PREFIX = rf"(?:\b(?:{_LETTERED}|rs\.?|r(?=\d|$)|{'|'.join(code.lower() for code in _WORDS)})|{_SIGN})"
"""What stands before an amount."""
_NAMES = sorted((word for word in _CODE_OF if word[0].isalpha() and word.replace(" ", "").isalpha()), key=len)
SUFFIX = rf"(?:{_SIGN}|/-|(?:{'|'.join(reversed(_NAMES))})\b)"
"""What stands behind one."""
_IS_A_COIN = r"(?!\s?-?(?:coins?|pieces?|(?:'s |s )?worth|album|collect\w*|stamps?|black|farthing|sweets?|mix)\b)"
_NO_PICTURE = "".join(rf"(?<!{lines})" for lines in (144, 240, 360, 480, 576, 720, 1080, 1440, 2160))
HUNDREDTH = rf"(?:(?:{_NO_PICTURE}p(?!&)|pence|penn(?:y|ies)|(?:euro[\s-]?)?cents?|(?<=\d)(?-i:c))\b{_IS_A_COIN}|¢)"
"""What stands behind an amount in hundredths of pounds, euros or dollars; never a coin or a picture's lines."""


def code_of(word: str) -> str | None:
    """Return the ISO 4217 code of a sign, code or word of money; None for any other word."""
    return _CODE_OF.get(word.strip().lower())


def code_of_hundredth(word: str) -> str | None:
    """Return the ISO 4217 code of what a word for hundredths is counted in; None where many currencies have them."""
    word = word.strip().lower()
    return "GBP" if word in ("p", "pence") else "EUR" if word.startswith("euro") else None


_PLACES = {
    "CAD": r"canad(?:a|ian)|cad|cdn|amazon\.ca|toronto|vancouver|montreal|ottawa|calgary|edmonton|winnipeg|halifax|"
    r"ontario|quebec|alberta|manitoba|saskatchewan|nova scotia|loonies?|toonies?",
    "AUD": r"australian?|aussies?|aud|oz|amazon\.com\.au|sydney|melbourne|brisbane|perth|adelaide|canberra|queensland|"
    r"tasmania|straya",
    "NZD": r"new zealand|nzd?|kiwi|auckland|christchurch",
}
_PLACE = re.compile(r"\b(?:" + "|".join(f"(?P<{code}>{names})" for code, names in _PLACES.items()) + r")\b", re.I)


_OWN_DOLLARS = {"AU": "AUD", "CA": "CAD", "NZ": "NZD", "SG": "SGD"}
_AMERICAN = re.compile(
    r"\b(?:us ?\$|usd|(?:us|american) (?:dollars?|bucks)|usa|america|united states|the (?:us|states))(?!\w)", re.I
)


def dollar_of_place(currency: str | None, text: str, country: str = "GB") -> str | None:
    """Return whose dollar a plain dollar is.

    That of the first country the message names, else that of the shop's own ``country`` (ISO 3166) where it has one,
    else the American one.
    """
    if currency != "USD":
        return currency
    place = _PLACE.search(text)
    if place:
        return place.lastgroup
    return currency if _AMERICAN.search(text) else _OWN_DOLLARS.get(country, currency)
