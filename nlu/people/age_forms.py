"""The ways people write an age, each as a pattern with the letters it cannot do without."""

# ruff: noqa: E501 - a pattern is checked more easily on one line
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "one", "range", "several", "months", "decade", "decades", "older", "little over", "tens", "ordinal", "feast", "ish"
]

TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}  # fmt: skip
DECADES = TENS | {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}  # fmt: skip
_PLURALS = "|".join(one for one in DECADES if one not in TENS)
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "thirteenth": 13, "sixteenth": 16, "eighteenth": 18, "twentieth": 20,
    "twenty-first": 21, "twenty first": 21, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100,
}  # fmt: skip
FEASTS = {"sweet sixteen": 16, "sweet 16": 16, "quinceañera": 15, "quinceanera": 15}


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write an age; ``needs`` lists letters of which the text, in lower case, holds at least one."""

    pattern: re.Pattern[str]
    kind: Kind
    needs: tuple[str, ...] = ()


SPELLED = (
    r"(?:(?:twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
)
_N = rf"(?:\d{{1,3}}|(?:a |one )hundred|(?=[tfseno]){SPELLED})"
_HALF = r"(?:\.5|\s?½|\s1/2|(?:\s|-)and(?:\s|-)a(?:\s|-)half)?"
_TO = r"\s?(?:-|to|or|/)\s?"
_AND = r"\s?(?:and|&)\s?"
_YEARS_OLD = r"(?:\s?-?(?:years?|yrs?|yr|year's|years')\.?(?:\s?-?\s?olds?\b)|\s?-?(?:yo|y\.o\.?|y/o|y\.o|yos|yrold|yearold|yr\.? ?old)\b)"
_NOT_THINGS = r"(?!\s?(?:whisk|scotch|bourbon|rum\b|malt|wine|house|car\b|bike|laptop|computer|phone|tradition|company|business|relationship|marriage|anniversary))"
_MONEY = (
    r"usd|gbp|eur|cad|aud|inr|quid|pounds?|dollars?|bucks?|euros?|rupees?|rs|k|max|tops|budget|limit|or less|or under"
)
_MEASURES = r"cm|mm|kg|lbs?|stone|ft|feet|foot|inch(?:es)?|miles?|km|oz|ml|hours?|hrs?|minutes?|mins?|seconds?|days?|nights?|weeks?|wks?|months?|mths?|(?:years?|yrs?)(?!\s?-?(?:old|young|,|\.|$))"
_COUNTED = r"people|persons|of|kids|children|times|x|items?|things?|gifts?|presents?|small|little|different|sets?|pairs?|pieces?|bottles?|boxes|siblings|sisters|brothers|friends|cats?|dogs?|am|pm|o'clock|percent|st|nd|rd|th|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
NOT_AN_AGE = rf"(?!\d|[.,:/']\d|\s?-?(?:%|\$|£|€|(?:{_MONEY}|{_MEASURES}|{_COUNTED})\b))"
"""What may not stand behind a bare figure that is an age."""
_SOON = r"(?:both )?(?:about |around |like |only |now |just |just turned |nearly |almost |already |roughly |exactly )?"
_NO_PERSON = "".join(rf"(?<!\b{word} is)" for word in ("budget", "limit", "price", "max", "size", "total", "number", "it", "that", "this", "spend", "what", "amount", "date", "there", "which"))  # fmt: skip
_NO_PERSONS = "".join(rf"(?<!{word}'s)" for word in ("budget", "limit", "price", "max", "size", "total", "it", "that", "what", "there", "let"))  # fmt: skip
_NOT_BIRTHDAYS = r"(?!\s?(?:anniversary|wedding|of|floor|century|grade|edition|street|ave|place|time|january|february|march|april|may|june|july|august|september|october|november|december))"
_BIRTHDAY = r"(?:b-?day|birthday|bithday|birth day|brithday|birthdy)"


_TELLS = r"(?:who|who's|is|into|has|likes|loves|wears|plays|works|lives|hates|wants|needs|reads|collects|always|just|very|she|he|she's|he's|super|really|mad|obsessed|retired|single|married|dinosaurs|female|male|woman|man|going on|goes|does|sings|bakes|cooks|runs|paints|expert|on her|on his)"
_MONEY_BEHIND = r"(?:max|tops|ish|or (?:so|less)|give or take|maybe|at most|please|pls|thanks)\b"


def _form(pattern: str, kind: Kind, *needs: str, flags: int = re.IGNORECASE) -> Form:
    return Form(re.compile(pattern, flags), kind, needs)


FORMS = (
    _form(rf"\b(?:between|from|ages?|aged)\s(?P<a>{_N})(?:{_YEARS_OLD})?\s?(?:and|to|-)\s?(?P<b>{_N}){_YEARS_OLD}{_NOT_THINGS}", "range", "year", "yr", "yo", "y/o", "y.o"),
    _form(rf"(?:\b|(?<=[\[(/,]))(?P<a>{_N})(?:{_YEARS_OLD})?{_TO}(?P<b>{_N}){_YEARS_OLD}{_NOT_THINGS}", "range", "year", "yr", "yo", "y/o", "y.o"),
    _form(rf"\b(?P<a>{_N}){_AND}(?P<b>{_N}){_YEARS_OLD}{_NOT_THINGS}", "several", "year", "yr", "yo", "y/o", "y.o"),
    _form(rf"\bover (?P<a>[4-9]\d){_YEARS_OLD}", "older", "over "),
    _form(rf"\b(?P<a>{_N}){_HALF}{_YEARS_OLD}{_NOT_THINGS}", "one", "year", "yr", "yo", "y/o", "y.o"),
    _form(r"\b(?P<a>\d{1,2})\s?-?(?:months?|mos?|mth|weeks?|wks?|days?)[\s-]?olds?\b", "months", "old"),
    _form(r"\b(?:he's|she's|hes|shes|he is|she is)\s(?:about |only |just |now )?(?P<a>\d{1,2}) (?:months?|mos?|weeks?)(?=\s*(?:$|[,.;!?)\n]|and\b))", "months", "mo", "week"),
    _form(rf"\b(?:aged between|ages between|aged|ages)\s?:?\s?(?:from |between )?(?P<a>{_N})\s?(?:-|to|/)\s?(?P<b>{_N})\b(?!\s?(?:{_MONEY}))", "range", "age"),
    _form(rf"\b(?:aged between|ages between|ages? between)\s?(?P<a>{_N})\s?and\s?(?P<b>{_N})\b", "range", "age"),
    _form(rf"\b(?:aged|ages)\s?:?\s?(?P<a>{_N}){_AND}(?P<b>{_N})\b(?!\s?(?:{_MONEY}))", "several", "age"),
    _form(rf"\b(?:kids|children|boys|girls|nieces|nephews|grandkids|grandchildren|cousins|sons|daughters|toddlers) (?:aged )?between (?:the ages of )?(?P<a>\d{{1,2}}) (?:and|to) (?P<b>\d{{1,2}})\b{NOT_AN_AGE}", "range", "between"),
    _form(rf"\b(?P<w>{'|'.join(TENS)})[- ]?somethings?\b", "decade", "some"),
    _form(r"\baged? over (?P<a>[4-9]\d)\b", "older", "age"),
    _form(rf"\b(?:aged|ages?(?: is| of|:)?)\s?:?\s?(?:about |around )?(?P<a>{_N})\b(?!\s?(?:months|weeks))", "one", "age"),
    _form(r"\b(?P<m>early|mid|middle|late)[\s-]*(?:(?:to|-|/)\s?(?P<m2>mid|late)[\s-]*)?(?:to late[\s-]*)?(?P<d>\d)0(?:'?s|ish)?\b", "decade", "early", "mid", "late"),
    _form(rf"\b(?:(?P<m>early|mid|middle|late)[\s-]*(?:(?:to|-|/)\s?(?P<m2>mid|late)[\s-]*)?)?(?P<w>{_PLURALS})\b(?!\s?(?:music|style|movie|fashion|theme|rock|vibe|era|retro))", "decade", "ties"),
    _form(r"(?<![\d£$€])(?P<d>[2-9])0s to (?P<d2>[2-9])0s\b", "decades", "0s to"),
    _form(r"(?<![\d£$€])(?P<d>[2-9])0'?s\b(?!\s?(?:music|style|movie|fashion|theme|themed|rock|disco|pop|band|vibe|hits|song|era|retro|tv|cartoon|toy|horror|sitcom|kid))", "decade", "0s", "0's"),
    _form(r"(?<![\d£$€])\b(?P<d>[2-9])0[-\s]?somethings?\b", "decade", "0 some", "0-some", "0some"),
    _form(r"\b(?:just over|a bit over|little over)\s(?P<a>[2-9]0)\b(?!\s?(?:%|\$|£|€|usd|gbp|quid|pounds|dollars|bucks|euros))", "little over", "over"),
    _form(r"\bbig (?P<a>\d)[-\s]?[0o]h?\b", "tens", "big"),
    _form(rf"\b(?:turning|turns|turned|turn|about to be|will be|'ll be|be turning|going to be|gonna be|approaching|pushing|hitting|the big)\s(?:the big |just |only )?(?P<a>{_N})\b{NOT_AN_AGE}", "one", "turn", " be ", "approaching", "pushing", "hitting", "the big"),
    _form(r"\b(?:nearly|almost)\s(?P<a>\d{1,2})\b(?=\s*(?:$|[,.;!?)\n]|and\b|but\b|so\b|year|who\b|now\b))", "one", "nearly", "almost"),
    _form(rf"\b(?P<a>\d{{1,3}})(?:st|nd|rd|th)?\s?{_BIRTHDAY}\b", "one", "bi", "day"),
    _form(rf"(?=['shmatif,])(?:'s|s|her|his|my|a|their|is|for|,)\s(?:big )?(?P<a>1[368]|21|[3-9]0|65|75|85|95|100)(?:th|st)\b{_NOT_BIRTHDAYS}", "one", "th", "st"),
    _form(rf"\b(?=[fstenh])(?P<o>{'|'.join(ORDINALS)})\s{_BIRTHDAY}\b(?!\s(?:in|together|with|as|since|of|i|party i|we|present i|gift i)\b)", "ordinal", "th", "st ", "nd ", "rd "),
    _form(rf"\b(?P<f>{'|'.join(FEASTS)})\b", "feast", "sweet", "quince"),
    _form(rf"\b(?:he's|she's|hes|shes|he is|she is|they're|they are|are both|who's|whos|who is|are) {_SOON}(?P<a>\d{{1,2}})\s?(?:-|to)\s?(?P<b>\d{{1,2}})\b{NOT_AN_AGE}", "range", "-", " to "),
    _form(rf"\b(?:they're|they are|are|who are) {_SOON}(?P<a>\d{{1,2}}){_AND}(?P<b>\d{{1,2}})\b{NOT_AN_AGE}", "several", "re "),
    _form(rf"\b(?:he's|she's|hes|shes|he is|she is|they're|they are|who's|whos|who is|age is) {_SOON}(?P<a>{_N}){_HALF}(?:ish)?\b{NOT_AN_AGE}(?!\s?-\s?\d)", "one", "s ", "re "),
    _form(rf"(?:\bis{_NO_PERSON}|'s{_NO_PERSONS}) {_SOON}(?P<a>\d{{1,3}}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?)(?:ish)?\b{NOT_AN_AGE}(?!\s?-\s?\d)", "one", "s "),
    _form(r"(?<![\d£$€.,])\b(?P<a>[4-9]\d)\s?\+(?!\s?(?:people|guests|miles|pages|\d))", "older", "+"),
    _form(r"(?<![\w£$€])(?P<a>\d{1,2})\s?[mf]\b(?!\s?[/'&])(?!\s(?:here|looking|shopping|buying|trying|needs?|seeking)\b)", "one", "m", "f"),
    _form(r"(?<![\w£$€'])(?!m8\b)[mf]\s?/?\s?(?P<a>[1-9]\d|[4-9])\b(?![\d.,]*\s?(?:\$|£|€|usd|gbp))", "one", "m", "f"),
    _form(r"[MF],\s?(?P<a>\d{1,2})(?=,)", "one", "m", "f", flags=0),
    _form(r"\[\s?(?P<a>\d{1,2})\s?(?:yo?|yrs?)?\s?\]", "one", "["),
    _form(rf"\b(?=[lbgmwkct])(?:lad|boy|girl|man|woman|lady|kid|child|gentleman|chap|lass|bloke|teen|toddler)s? of (?P<a>{_N})\b{NOT_AN_AGE}", "one", " of "),
    _form(rf"\b(?:he's|she's|hes|shes|he is|she is) an? (?:[\w'-]+ ){{1,4}}(?:of|around|about) (?P<a>[1-9]\d)\b{NOT_AN_AGE}", "one", " of ", "around", "about"),
    _form(rf"\b(?=[mwpalsgf])(?:men|women|man|woman|people|adults|ladies|anyone|someone|guys|gents|folks) over (?:the age of )?(?P<a>[4-9]0)\b{NOT_AN_AGE}", "older", "over "),
    _form(rf"\bboth (?P<a>[1-9]\d)\b{NOT_AN_AGE}", "one", "both"),
    _form(rf"\ball (?P<a>[1-9]\d)(?=\s*(?:[,.;!?)\n]|$)){NOT_AN_AGE}", "one", "all "),
    _form(rf"\b(?:learn|start|took up|taken|taking|pass|retir|still|runn|becom|became|discover|beg[iau]n|going|driv|climb|danc|marathon)\w*(?: [\w']+){{0,4}} at (?P<a>[1-9]\d)(?=\s*(?:[,.;!?)\n]|$)|\s(?:and|but|so|who|she|he)\b){NOT_AN_AGE}", "one", " at "),
    _form(rf"\bone(?:'s| is)(?: just| only| about| nearly)? (?P<a>{_N})\b{NOT_AN_AGE}", "one", "one is", "one's"),
    _form(rf"\b(?:he's|she's|hes|shes|he is|she is|it's|its) my (?:[\w'-]+ ){{0,3}}[\w'-]+, (?P<a>\d{{1,2}})\b{NOT_AN_AGE}", "one", " my "),
    _form(rf"\((?P<a>[1-9]\d)\){NOT_AN_AGE}", "one", "("),
    _form(rf"(?<![,:] )\b(?P<w>{'|'.join(TENS)})[- ]?ish\b(?! (?:quid|pounds|dollars|bucks|euros))", "ish", "ish"),
    _form(r"\b(?=[bgtsdn])(?:babies|baby|boys?|girls?|twins?|toddler|son|daughter|niece|nephew|grandson|granddaughter),? (?:who's |who is |is |just |only |about )?(?P<a>\d{1,2}) (?:months?|mths?|weeks?|wks?)\b(?! (?:ago|ahead|away|left|early|from|into|until|till|to go|pregnant))", "months", "month", "mth", "week", "wk"),
    _form(rf"\b(?=[mfwlgb])(?:male|female|man|woman|lady|guy|bloke) (?P<a>[1-9]\d)\b{NOT_AN_AGE}", "one", "male", "man", "lady", "guy", "bloke"),
    _form(r"\b(?=[mwlgbfkt])(?:man|woman|lady|guy|girl|boy|bloke|lad|female|male|kid|teenager|gentleman), (?P<a>\d{1,2})(?=[,.;)!\n]|$)", "one", ", "),
    _form(rf"(?:^|[.!?]\s|\n)(?P<a>[1-9]\d), (?=[a-z(\[])(?!{_MONEY_BEHIND})", "one", ", "),
    _form(rf"[a-z], (?P<a>[1-9]?\d), (?={_TELLS}\b)", "one", ", "),
    _form(r"^(?P<a>1[68]|21|[3-9]0|65|75|85|95|100)(?:th|st)(?=[.,!]| (?:for|present|gift|pressie|do|party)\b)", "one", "th", "st"),
    _form(rf"{_BIRTHDAY}[.,:] (?P<a>\d{{1,2}})(?=[.,] \w)", "one", "day"),
    _form(r"(?:^|[.:;\n])\s*[A-Z][a-z]{1,11}, (?P<a>\d{1,2})(?=[,.;] )", "one", ", ", flags=0),
)  # fmt: skip
"""In the order they are tried: an earlier form keeps its place."""

BESIDE = re.compile(
    rf"(?:'s)?(?:\s(?-i:[A-Z][a-z]{{1,11}})(?=,|\s\())?\s?(?:(?P<told>(?:is|are|turns|turned|turning|who is|who are|who's|both)\s(?:both |just |only |about |now |nearly |almost )?)|[,:/-]?\s?[(\[]?\s?(?:aged |about |around |nearly |almost )?)(?P<a>\d{{1,3}}|(?<=is ){SPELLED})(?:-?ish\b)?(?P<s>\s?'?s)?\b"
    rf"(?P<more>(?:\s?,\s?\d{{1,2}}\b)*\s?(?:,? and|&|/)\s?\d{{1,2}}\b)?(?:\s?(?:yrs?|years?)\b(?!\s[a-z]))?{NOT_AN_AGE}"
    r"(?(told)|(?=\s*(?:$|[,;.!?)\]\n/|(]|and\b|who\b|loves?\b|likes?\b|f\b|m\b|is\b|into\b|wants?\b|needs?\b|but\b|with\b|in\b|mad\b|obsessed\b|that\b|going on\b)))",
    re.IGNORECASE,
)
"""A figure right behind a person: "my mum, 60", "sister (20)", "boys 5, 9 and 14", "mum is 60 nxt month"."""
BESIDE_ORDINAL = re.compile(
    rf"(?:'s?)?\s(?:(?P<a>1[368]|21|[3-9]0|65|75|85|95|100)(?:th|st)\b{_NOT_BIRTHDAYS}|(?P<b>\d{{1,2}})(?:st|nd|rd|th)(?=\s*(?:[,.!?\n]|$)|\s(?:in (?:\d|a|two|three)|next|this|soon|tomorrow|and|but|coming)\b))",
    re.IGNORECASE,
)
BARE = re.compile(rf"\s(?P<a>\d{{1,2}})(?=[\s,;.]|$){NOT_AN_AGE}", re.IGNORECASE)
"""A bare figure right behind each of several people: "daughter 19 uni, son 16 gamer"."""
AHEAD = re.compile(r"(?:^|[.\[(;\n])\s*(?P<a>\d{1,2}),\s?(?:my )?$", re.IGNORECASE)
"""A figure right before a person: "29, husband, $50"."""
PAIRED = re.compile(
    r"(?:^|[,.;:(\n])\s*(?P<a>\d{1,2})(?:\s?,\s?(?P<c>\d{1,2}))?\s?(?:and|&)\s?(?P<b>\d{1,2})(?=\s*(?:[,.;)\n]|$))"
)
"""Figures that are a clause of their own: "Hubby and son have birthdays, 41 and 9"."""
BY_NAME = re.compile(r"(?<=[:,] )[A-Z][a-z]{1,9} (?P<a>\d{1,2})(?= [a-z(])")
"""A list of names with ages: "Ava 7 horses, Theo 10 chess"; two at least."""
TEENS = re.compile(
    r"\bteen(?:age|aged)? (?:boy|girl|lad|son|daughter|niece|nephew|grandson|granddaughter|cousin|brother|sister|friend|male|female|guy)s?\b",
    re.IGNORECASE,
)
"""People in their teens, where no figure says more."""
INSTEAD = re.compile(
    rf"\s*[,.(]?\s*(?:no |oh |but )?(?:sorry|i mean|i meant|wait|actually|make that|or rather|correction|turning|turns|soon)[, ]\s?(?:he's |she's |it's |he'll be |she'll be |he is |she is )?(?P<a>\d{{1,2}})\b{NOT_AN_AGE}",
    re.IGNORECASE,
)
"""Another figure in place of the one before: "16, sorry 17 tomorrow"."""
FIGURE = re.compile(
    rf"\d+(?:st|nd|rd|th)?|\b(?=[tfseniohqg])(?:{_PLURALS}|(?:twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety)\b|(?:{'|'.join(ORDINALS)})(?=\s(?:b|big))|sweet sixteen|quince|"
    rf"(?:a|one) hundred\b|(?:twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety)[- ]?ish|(?:twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety)[- ]?something|of\s{SPELLED}\b|(?:turn\w*|he's|she's|hes|shes|he is|she is|they're|to be|gonna be|be|is|aged?|big)\s(?:only |just |about |nearly |almost |now )?{SPELLED}\b|{SPELLED}(?=[\s-](?:years?|yrs?|yo|and)\b))",
)
"""What every age holds: a figure, or a number word where it may be one. For lower case only, which is faster."""
BEFORE_FIGURE, BEHIND_FIGURE = 32, 48
"""Characters around a figure that tell whether it is an age."""
GIVER = re.compile(
    r"(?:\b(?:i'?m|i am|im) (?:(?!(?:for|my|our|his|her|buying|looking|shopping|after|getting|searching|trying|seeking|needing|stuck)\b)[\w'-]+ ){1,4}[\[(]\s?|\b(?:i'?m|i am|im|me|we'?re|we are|we both|myself|i)\b[\s,(\[]*(?:a |an |also |only |just |currently |both |in my |in our |about |male |female |guy |almost |nearly |turning )*|\bmy (?:early|mid|late)\s*)$",
    re.IGNORECASE,
)
"""What stands before the age of the one who writes."""
