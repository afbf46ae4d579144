"""Occasions a message means without naming them: "turning 30", "he's leaving us on Thursday", "they bought a house"."""

# ruff: noqa: E501 - a pattern is checked more easily on one line
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlu.words.text import Word

_YEARS = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)"
_NO_UNIT = r"(?! (?:%|percent|minutes|hours|people|dollars|pounds|quid|bucks|into|of)\b)"
_WHEN = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|the day after tomorrow|tomorrow|tmrw|today|on|next|nxt|this|soon|in (?:(?:a|two|three|four|\d+) (?:days?|weeks?|months?)|(?:january|february|march|april|may|june|july|august|september|october|november|december)\b))"
_HOME = r"(?:house|home|flat|apartment|place|condo|bungalow)"
_OTHERS = r"(?!(?:not|before|after|until|without|when|while|than|and|or|are|is|am|be|of|for|i'm|im|we're|someone|somebody|\w+ly)\b)[a-z][\w'-]*(?:'s|'re| is| are|s)?"
"""Anybody but the writer, whom `_NOT_OF_THIS_GIFT` looks for."""
_GOING = (
    r"(?:leaving(?: (?:us|work|town|college|school|teaching|on|next|this|soon|after|to|for (?:a|an|another|college|uni|university|good)|(?:the|her|his|our|their) (?:company|team|office|firm|job|department|school|country)))?(?= [,.]| (?:and|so|but|after|on|next|this|soon)\b|$)|"
    r"(?:leaving (?:at the end of|in (?:january|february|march|april|may|june|july|august|september|october|november|december)|after \w+ years|for (?:a|an) new)|(?:going|heading|flying|moving) (?:back )?(?:home|on)(?= (?:to|in|on|next|this|for good|after|soon)\b| [,.]|$)|leaving (?:us|work|town|teaching|the company|the team|the office|our team|our company|our office|his job|her job)|moving (?:parish|schools?|jobs?|teams?|departments?|offices?)|(?:moving|relocating|emigrating) (?:to|away|abroad|overseas|across|back|out of|interstate)|deploying|being deployed))"
)

_MEANT: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...] = tuple(
    (re.compile(pattern), name, cues)
    for pattern, name, cues in (
        (rf"\b(?:turning|turns|turn|just turned) (?:the big )?{_YEARS}\b{_NO_UNIT}", "birthday", ("turn",)),
        (rf"\bturned (?:the big )?{_YEARS} (?:yesterday|today|last (?:week|month)|(?:on|this|at the) \w+)", "birthday", ("turned ",)),
        (rf"\b(?:she|he|they|who)(?:'ll|ll| will| is going to|'s going to) be (?:the big |just |only )?{_YEARS}\b{_NO_UNIT}(?! (?:in a (?:few|couple)|years? (?:since|in|at|of)|months))", "birthday", (" be ",)),
        (rf"(?:\bis|'s|\bhes|\bshes|\bbe|\bbecomes|\bhits) (?:the big )?{_YEARS} {_WHEN}\b", "birthday", ("sday", "nday", "rday", "iday", " on ", " next ", " nxt ", " this ", " in ", "tomorrow", "tmrw", "today", "soon")),
        (rf"(?<!\bat )(?<!\bneed )(?<!\bby )(?<!\bfor )(?<!\bbuy )(?<!\border )\b{_YEARS} (?:tomorrow|next birthday)\b", "birthday", ("tomorrow", "next birthday")),
        (rf"\b{_OTHERS} (?:just |finally |has |have )*graduated\b(?! (?:last|in \d|years? ago|\d))", "graduation", ("graduated",)),
        (r"\b(?:graduates|graduating) (?:on|next|this|from|in)\b", "graduation", ("graduat",)),
        (r"\b(?:finish|finishes|finishing|finished|completes|completing|completed|defends|defending|got) (?:(?:his|her|their|a|the) )?(?:phd|doctorate|masters?|master's|degree|mba|uni|university|high school|med school|law school|a[- ]levels|gcses|finals|dissertation)\b(?! (?:book|test))", "graduation", ("finish", "complet", "defend", "got")),
        (r"\bsweet (?:16|sixteen)\b", "birthday", ("sweet ",)),
        (r"\bbig (?:[1-9]0|[1-9] ?-? ?0|(?:three|four|five|six|seven|eight)[ -](?:oh?|zero))\b", "birthday", ("big ",)),
        (r"(?:(?:'s|s'|\bher|\bhis|\btheir|\bmy|\bnan|\bmum|\bdad) |^)(?:big )?[1-9]\d(?:st|nd|rd|th)(?= [,.]| (?:on|next|this|coming|is|and|in|for|party|bash|do|soon|tomorrow)\b|$)", "birthday", ("1st", "2nd", "3rd", "0th", "4th", "5th", "6th", "7th", "8th", "9th")),
        (r"\b(?:silver|ruby|golden|gold|diamond|pearl|sapphire|emerald|coral|tin|wooden|paper|cotton) (?:wedding|jubilee)\b(?! (?:ring|band|dress))", "anniversary", (" wedding", " jubilee")),
        (rf"\b{_OTHERS} {_GOING}", "farewell", ("leaving", "moving", "relocating", "emigrating", "deploy", "going home", "going back", "heading home", "heading back", "flying home", "flying back")),
        (r"\b(?:leaving|goodbye|farewell|send[ -]?off) (?:gift|present|pressie|prezzie|do|party|card|drinks)s?\b", "farewell", ("leaving", "goodbye", "farewell", "send")),
        (r"\bcelebrat\w+ (?:their |our |his |her )?\w+(?: \w+)? years (?:together|married|of)\b|\byears of (?:marriage|married life)\b|\b\d{1,2} (?:years|yrs) married\b|\b(?:hubby|husband|wife|wifey|missus)(?: and i| and me)? , (?:\d{1,2}|ten|fifteen|twenty|thirty|forty|fifty) (?:years|yrs) together\b|\b(?:years|months) with my (?:\w+ )?(?:boyfriend|girlfriend|husband|wife|partner|bf|gf|fiance|fiancee)(?: \w+)? (?:next|tomorrow|this|on|in)\b", "anniversary", (" years ", " months ", " yrs ")),
        (r"(?:\b(?:her|his|their|whose)|'s) last day\b(?! of (?:school|term|summer|college|class|uni))|\blast day (?:at work|with us|in the office|at the office|on the job|of work)\b", "farewell", ("last day",)),
        (r"\bleaving (?:us )?to (?:have (?:a|her|their) baby|become|go (?:to|travelling|back)|start|retire|study|join)\b|\bstud(?:ying|ies) abroad for (?:a|one|the|two) (?:whole |entire )?(?:year|semester|term)s?\b|\bheaded (?:off )?to (?:college|uni|university)\b", "farewell", ("leaving ", "abroad", "headed ")),
        (r"\b(?:starting|starts|started|begins|beginning|landed|getting) (?:(?:his|her|their|a|an|the) )?(?:(?:first|new) )(?:[\w'-]+ )?(?:job|role|post|position)\b", "new_job", ("job", "role", "post", "position")),
        (r"\b(?:who|she|he|they) (?:really |always )?(?:looked after|took care of|cared for|nursed) (?:my|our|me|us)\b", "thank_you", ("looked after", "took care", "cared for", "nursed")),
        (rf"\b(?:bought|buying|moving into|moved into|closed on|getting the keys to) (?:a|an|her|his|their|its)? ?(?:own |first |new |very )*{_HOME}\b", "housewarming", ("bought", "buying", "moving", "moved", "closed", "keys")),
        (rf"\b(?:her|his|their) (?:very )?(?:own|first|new) (?:own |new )?{_HOME}\b(?! (?:building|complex|block))", "housewarming", ("house", "home", "flat", "apartment", "place", "condo", "bungalow")),
        (r"\b(?:to|as|say|as a) thank(?:s|ing)?\b(?! (?:you\b|in advance|for (?:any|your|the help|reading)|god|a (?:lot|million)))|\bto thank (?:him|her|them|my|our|the)\b", "thank_you", ("thank",)),
        (r"\b(?:owe (?:her|him|them|my)|repay|(?:show|token of) (?:\w+ )?(?:appreciation|gratitude)|let me (?:crash|stay)|hosted (?:me|us)|show (?:him|her|them) (?:that |how much )?(?:i|we) (?:really |truly )?appreciate|reciprocate|return the favou?r)\b", "thank_you", ("reciprocate", "favo", "appreciate", "owe ", "repay", "appreciation", "gratitude", "let me", "hosted")),
        (r"\b(?:is|are|was|were|who(?:\'s| is| are)?|for|kindly|be) putting (?:us|me) up\b|\b(?:put|puts) (?:us|me) up (?:for|while|all|last|this|when)\b|\bstaying (?:with (?:them|her|him|my \w+(?:\'s)? \w+) )?(?:at|in) (?:their|her|his) (?:place|house|home|flat|apartment|cottage|cabin)\b|\b(?:my|our|the|for) hosts\b|\bmy host (?:in|from|for|is|has)\b|\bhost (?:mum|mom|dad|mother|father|parents|sister|brother)\b|\bairbnb host\b", "travel_host", ("host", " up", "staying ")),
        (r"\b(?:finally retired\b|(?<!, )just retired(?= (?:and|after|so)\b| [,.]|$))(?! (?:man|woman|dad|mum|mom|teacher|nurse))|\bretires (?:in|on|next|this|after|at|soon|tomorrow)\b|\bretired (?:from (?:[\w'-]+ ){1,6})?(?:last|this) (?:week|month)\b", "retirement", ("retire",)),
        (r"\b(?:book club|cookie|book|ornament|office|family|holiday|christmas|team) (?:swap|exchange)\b|\bpoll?yanna\b", "gift_exchange", ("swap", "exchange", "polyanna", "pollyanna")),
        (r"\b(?:feel|feeling) (?:better|low)\b|\b(?:coming|comes|gets|getting|home) (?:out of|from) (?:the )?hospital\b|\b(?:after|recovering from|having|had|facing|going in for) (?:(?:a|an|his|her|their|the|my|rough|big|major|minor|recent|knee|hip|back|heart|spinal|emergency) )*(?:surgery|operation|op)\b|\b(?:going|been) through (?:chemo|chemotherapy|treatment|radiotherapy|a (?:breakup|break-up|divorce))\b|\b(?:in|with) (?:a|an) (?:\w+ )?(?:cast|sling|neck brace)\b|\b(?:broke|broken) (?:her|his|their) (?:leg|arm|hip|wrist|ankle|foot|collarbone)\b|\b(?:had (?:her|his|their) heart broken|got dumped|been dumped|been laid off|got laid off|lost (?:his|her|their) job|stuck (?:in bed|on (?:her|his|their) back)|stuck at home with (?:a|an|flu|covid))\b|\b(?:had|having|been|through|got) (?:(?:a|an|such|really|very|pretty|so|the|most|quite) )*(?:rotten|rough|hard|tough|bad|awful|horrible|crap|crappy|terrible|shitty|stressful) (?:old )?(?:day|week|month|year|patch|few (?:days|weeks|months)|time(?! (?:trying|finding|thinking|with|figuring|coming|choosing|deciding|getting|shopping|picking|buying)))\b", "cheer_up", ("hospital", "surgery", "operation", " op", "through ", "cast", "sling", "brace", "brok", "dumped", "laid off", "lost ", "stuck ", "feel", "day", "week", "month", "year", "patch", "few ", "time")),
        (r"\b(?:gave birth|given birth)\b|\b(?:sister|wife|friend|cousin|mate|colleague|coworker|daughter|niece|she|neighbou?r|boss|couple|friends|they)(?:'s|'ve| has| have)? (?:had|having) (?:her|a|their|twins|another) ?(?:first |second |third |new )?(?:baby|bub|twins|little (?:boy|girl))\b(?! (?:shower|clothes|stuff|names|boomer))", "new_baby", ("birth", "bab", "bub", "twins", "little ")),
        (r"\b(?:just|recently|finally) (?:had|welcomed) (?:(?:a|her|his|their|my|our|first|second|third|another|new|\d\w\w|little) ){0,3}(?:baby|bub|bubba|babies|twins|newborn)\b(?! (?:shower|clothes|stuff|names))", "new_baby", ("bab", "bub", "twins", "newborn")),
    )
)  # fmt: skip
"""Pattern, name, and what stands in every message the pattern fits: looking for that first is ten times faster."""
_NOT_OF_THIS_GIFT = re.compile(
    r"(?:^|[,.] |\b(?:and|but|so|because|since|as|when) )(?:i|we|i'm|im|i am|we're|we are|i've|we've|i'll be|i will be)(?: (?:just|also|recently|only|finally|both))* $|"
    r"\b(?:since|when|while|if|until|before|after|once) $|\band (?:will be|am) $"
)


@dataclass(frozen=True, slots=True)
class ImpliedOccasion:
    """An occasion meant by words ``first`` to ``last`` (excluded)."""

    name: str
    first: int
    last: int


def find_implied_occasions(words: Sequence[Word]) -> Iterator[ImpliedOccasion]:
    """Yield the occasions meant but not named, in no order; neither what the giver does nor a mere reason is one."""
    line, starts = line_of(words)
    for pattern, name, cues in _MEANT:
        if not any(cue in line for cue in cues):
            continue
        for match in pattern.finditer(line):
            if _NOT_OF_THIS_GIFT.search(line[max(0, match.start() - 30) : match.start()]):
                continue
            inside = [index for index, start in enumerate(starts) if match.start() <= start < match.end()]
            if inside:
                yield ImpliedOccasion(name, inside[0], inside[-1] + 1)


def line_of(words: Sequence[Word]) -> tuple[str, list[int]]:
    """The words as one line, " ," where a clause and " ." where a sentence ends; and where each begins in it."""
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    previous: Word | None = None
    for word in words:
        if previous is not None and word.clause != previous.clause:
            parts.append("." if word.sentence != previous.sentence else ",")
            length += 2
        starts.append(length)
        parts.append(word.text)
        length += len(word.text) + 1
        previous = word
    return " ".join(parts), starts
