"""What X forbids to store about people: health, religion, politics, ethnicity, finances, sex life, union, crime.

Words and phrases are in data/lookups/sensitive.yml; here is what is told by how words go together.
"""

# ruff: noqa: E501 - a pattern or a list of words is checked more easily on one line
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlu.words.lexicon import Lexicon
from nlu.words.phrases import find_phrases
from nlu.words.text import Word

ORDINARY = "ordinary"
"""The name under which the list holds everyday meanings of its own words; they are marked as nothing."""


@dataclass(frozen=True, slots=True)
class SensitiveFound:
    """Words that tell of a sensitive trait; ``kind`` is a name in data/lookups/sensitive.yml, never `ORDINARY`."""

    kind: str
    text: str
    start: int
    end: int


_WHOSE = r"(?:her|his|my|their|our|the|a|an|both|both her|both his|one)"
_BODY = r"(?:knees?|hips?|backs?|shoulders?|legs?|arms?|wrists?|ankles?|necks?|eyes?|eyesight|sight|vision|hearing|hands?|foot|feet|joints?|spine|kidneys?|liver|lungs?|bladder|memory|womb|tooth|teeth|jaw|ribs?|collarbone|pelvis|elbows?|achilles|appendix|gallbladder|prostate)"
_BAD = r"(?:bad|dodgy|sore|stiff|weak|failing|going|gone|poor|terrible|awful|shot|knackered|wonky|playing up|acting up|painful|swollen|arthritic|not (?:great|good|what (?:it|they) (?:was|were)))"
_PARTY = r"(?:labour|tory|tories|conservatives?|lib dems?|greens?|snp|reform|ukip|republicans?|democrats?|left|right|trump|biden)"
_PEOPLE_NAMES = (
    "afghan|african|albanian|algerian|american indian|arab|argentinian|armenian|australian|austrian|bangladeshi|belgian|bolivian|brazilian|british|bulgarian|cambodian|cameroonian|chilean|chinese|colombian|congolese|croatian|cuban|czech|danish|dominican|dutch|ecuadorian|egyptian|english|eritrean|"
    "ethiopian|filipino|filipina|finnish|french|georgian|german|ghanaian|greek|guatemalan|guyanese|haitian|hungarian|icelandic|indian|indonesian|iranian|iraqi|irish|israeli|italian|jamaican|japanese|jordanian|kenyan|korean|kurdish|lebanese|lithuanian|malaysian|mexican|mongolian|moroccan|nepali|nepalese|nigerian|norwegian|"
    "pakistani|palestinian|persian|peruvian|polish|portuguese|puerto rican|romanian|russian|samoan|saudi|scottish|senegalese|serbian|sicilian|singaporean|slovak|somali|spanish|sri lankan|sudanese|swedish|swiss|syrian|taiwanese|thai|tibetan|trinidadian|tunisian|turkish|ugandan|ukrainian|venezuelan|vietnamese|welsh|zimbabwean"
)
_PEOPLES = rf"(?:{_PEOPLE_NAMES})"
_KIN = r"(?:parents?|mum|mom|mother|dad|father|wife|husband|girlfriend|boyfriend|gf|bf|friends?|family|in-laws|mother-in-law|father-in-law|grandma|grandmother|grandad|grandpa|grandfather|gran|nan|aunt|auntie|uncle|cousins?|neighbou?rs?|colleagues?|boss|roommate|flatmate|partner|fiancee?|man|woman|guy|girl|boy|lady|couple|nurse|carer|landlady|landlord|coach|client|nanny|cleaner|childminder|housemate|best friend|mates?|pal|nephew|niece|brother|sister|son|daughter|grandparents|roots|heritage|descent|background|origin|ancestry)"
_FROM = "|".join(name.split()[-1] for name in _PEOPLE_NAMES.split("|"))
_PATTERNS: tuple[tuple[str, re.Pattern[str], frozenset[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE), frozenset(needed.split("|")))
    for kind, pattern, needed in (
        ("health", rf"\b(?:bad|dodgy|sore|stiff|arthritic|injured|aching|painful|wonky|poor|failing) {_BODY}\b|\b(?:new|replacement) (?:knees?|hips?|kidney|liver|heart)\b|\b{_BODY} (?:pain|trouble|problems?|issues?|injury|surgery|operation|op|replacement|transplant|cancer|disease)\b", "bad|dodgy|sore|stiff|arthritic|injured|aching|painful|wonky|poor|failing|replacement|new|pain|trouble|problem|problems|issue|issues|injury|surgery|operation|op|transplant|cancer|disease"),
        ("health", rf"\b{_BODY} (?:is|are|has|have|was|were)(?: \w+)? {_BAD}\b", "is|are|has|have|was|were"),
        ("health", rf"\b(?:had|has|having|have|getting|get|needs?|got)(?: just)? {_WHOSE}(?: \w+)? ?{_BODY} (?:replaced|replacement|operated on|done|removed|out|fixed|op|operation|surgery)\b", "replaced|replacement|operated|done|removed|out|fixed|op|operation|surgery"),
        ("health", rf"\b(?:broke|broken|fractured|hurt|injured|sprained|tore|torn|dislocated|twisted|smashed|shattered) (?:{_WHOSE} )?(?:\w+ )?{_BODY}\b", "broke|broken|fractured|hurt|injured|sprained|tore|torn|dislocated|twisted|smashed|shattered"),
        ("health", r"\b(?:\w+|\d+) (?:days?|weeks?|months?|years?) (?:sober|clean|pregnant|gone|along|smoke[- ]?free|in recovery|cancer[- ]?free|post[- ]?op)\b(?<!years gone)(?<!days gone)", "sober|clean|pregnant|gone|along|free|recovery|op|smoke-free|cancer-free|post-op"),
        ("health", r"\b(?:she|wife|sister|daughter|friend|cousin|we|who|niece|colleague|teacher|boss|couple)(?:'s| is|'re| are|s)?(?: both| also)? expecting\b(?! (?:a (?:parcel|package|delivery|gift|present|call)|me|you|him|us|to|it|that|something|anything|nothing))(?: (?:a baby|twins|their first|her first|our first))?", "expecting"),
        ("health", r"\b(?:suffer(?:s|ing|ed)? (?:from|with)|diagnosed (?:with|as)|recover(?:ing|ed) from|being treated for) (?:an? )?(?!the\b|too\b|my\b)[a-z]+", "suffer|suffers|suffering|suffered|diagnosed|recovering|recovered|treated"),
        ("politics", rf"\b(?:vot(?:es?|ed|ing)|campaign(?:s|ed|ing)|canvass(?:es|ed|ing)?) (?:for (?:the )?)?{_PARTY}\b", "vote|votes|voted|voting|campaign|campaigns|campaigned|campaigning|canvasses|canvassed|canvassing"),
        ("sex_life", r"\bc[ao]me out (?:as \w+|to (?:us|me|him|her|them|(?:his|her|their|my|the) (?:family|parents|mum|mom|dad|friends)))\b", "came|come"),
        ("ethnicity", rf"(?:\b(?:he|she|they|who|we|mum|mom|dad|wife|husband|boyfriend|girlfriend|family|friend|both)(?:'s| is|'re| are|s)? (?:originally |both |all |also |actually |half |part |partly |of )*|\b(?:half|part) |[,(] ?){_PEOPLES}(?=\s*(?:$|[,.;!?)]|and\b|but\b|so\b|like me\b|originally\b|too\b))", _FROM),
        ("ethnicity", r"\b(?:he|she|who)(?:'s| is) (?:half )?(?:black|white|brown|mixed)(?=\s*(?:$|[,.;!?)]|and\b|but\b|so\b))", "black|white|brown|mixed"),
        # The person named behind is no trait: "my Polish neighbour" stays a neighbour.
        ("ethnicity", rf"\b{_PEOPLES}(?= {_KIN}\b)", _FROM),
        # Some teach the language, and then it is their trade.
        ("ethnicity", rf"\b(?!english|french|spanish|german|italian|japanese|chinese|russian|portuguese|welsh|irish){_PEOPLES}(?= (?:teacher|tutor)s?\b)", _FROM),
        ("ethnicity", r"\b(?:black|white)(?= (?:man|woman|girl|boy|guy|lady|friend|family|people|person|kid|couple|husband|wife|girlfriend|boyfriend|colleague|neighbou?r|teacher)\b(?! (?:cocktail|ghost|bag|carrier|car|tee|album)))", "black|white"),
        ("politics", r"\b(?:labour|tory|conservative|lib dem|green|reform|republican|democrat|trump|left|leave|remain)[- ]vot(?:ers?|ing)\b", "voter|voters|voting|labour-voting|tory-voting|conservative-voting|republican-voting|leave-voting"),
        ("politics", r"\bvot(?:ed|es|ing) (?:for )?(?:leave|remain|yes to independence)\b", "voted|votes|voting"),
        ("union", r"\b(?:is|are|was|'s|she's|he's|they're|works) in (?:unison|unite|the gmb|the rmt|the nut)\b(?! (?:with|states|kingdom))", "unison|unite|gmb|rmt|nut"),
        ("health", r"\blost (?:her|their|his|our|my|the|a) (?:unborn )?baby\b(?! (?:teeth|tooth|weight|doll|blanket|toy|book))", "lost"),
        ("crime", r"\b(?:was|were|been|being|got) abused\b", "abused"),
    )
)  # fmt: skip


def find_sensitive(text: str, words: Sequence[Word], lexicon: Lexicon) -> tuple[SensitiveFound, ...]:
    """Find what a message tells of someone's sensitive traits, in the order it stands, no two in one place.

    Args:
        text: the cleaned message.
        words: its words.
        lexicon: for the words of data/lookups/sensitive.yml.
    """
    listed = tuple(_listed(text, words, lexicon))
    plain = frozenset(word.text for word in words)
    built = [
        SensitiveFound(kind, match.group().strip(" ,(").lower(), *_stripped(match))
        for kind, pattern, needed in _PATTERNS
        if not needed.isdisjoint(plain)
        for match in pattern.finditer(text)
    ]
    found: list[SensitiveFound] = []
    for one in sorted((*built, *listed), key=lambda one: (one.start, -one.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return tuple(one for one in found if one.kind != ORDINARY)


def _listed(text: str, words: Sequence[Word], lexicon: Lexicon) -> Iterator[SensitiveFound]:
    for hit in find_phrases(words, lexicon.sensitive):
        start, end = words[hit.first].start, words[hit.last - 1].end
        yield SensitiveFound(lexicon.sensitive[hit.phrase], text[start:end].lower(), start, end)


def _stripped(match: re.Match[str]) -> tuple[int, int]:
    """Where a match stands without the comma or bracket it began behind."""
    start = match.start() + len(match.group()) - len(match.group().lstrip(" ,("))
    return start, match.end()
