"""Frames a thing stands before or in: "X bores her", "X is banned", "X she never wears", "has X covered"."""

# ruff: noqa: E501 - a pattern is checked more easily on one line
from __future__ import annotations

from nlu.tastes.frames import Frame, frame

IS = r"(?:(?:is|are|was|were|has been|have been|(?:would|will|might|may|could|can|must|should|seems? to|tends? to) (?:just |probably |only |also |all )?be|feels?|felt|seems?|seemed|looks?|looked|sounds?|sounded|gets?|comes? across as|strikes? me as))"
QUITE = r"(?:(?:a|an|just|so|too|very|really|pretty|quite|rather|way|far|kind|kinda|sort|of|bit|little|tad|all|always|also|simply|totally|completely|absolutely|already|now|probably|definitely|such|like|more|both|equally|usually|often|mostly|strictly|well|to|be|slightly|somewhat|for|us|me|my|taste|obviously|therefore|unfortunately|sadly|apparently|being|getting|officially|still|most|hard|firm|definite|strict|big|huge|total|long) ){0,6}"
BAD = (
    r"(?:banned|forbidden|prohibited|disallowed|verboten|taboo|vetoed|off-limits|off limits|off the (?:table|list|menu|cards)|out of (?:the question|questions|fashion|bounds|our (?:budget|price)|my (?:budget|price))|ruled out|"
    r"boring|lame|overdone|overused|overrated|played out|cliched|clichéd|clichés|cliches|cliché|cliche|impersonal|lazy|tacky|naff|cheesy|corny|tasteless|useless|pointless|wasteful|bland|generic|predictable|unoriginal|uninspired|unimaginative|stale|old hat|old news|passé|hollow|meh|"
    r"waste|wasted|lost on|unwanted|unwelcome|unnecessary|inappropriate|unsuitable|insulting|insult|offensive|embarrassing|awkward|weird|creepy|gross|disgusting|yucky|risky|overkill|insensitive|tactless|"
    r"no|nope|no-no|no-go|no no|no go|nono|nogo|non-starter|nonstarter|pass|cop-out|cop out|copout|flop|failure|mistake|turn-off|turnoff|bore|trigger|bad idea|terrible idea|awful idea|daft idea|poor choice|bad choice|bad fit|"
    r"covered|sorted|taken(?= care| by|[ ]*[,.?:]|$)|spoken for|dealt with|accounted for|claimed|bagsied|lined up|on order|in hand|been done|done(?= to death| already| before| so| [,.?:])|done-to-death|wrong|over(?= [,.?:])|gone(?= [,.?:])|cancelled|canceled|scrapped|dead(?= [,.?:])|joke|ugly|excessive|childish|scam|torture|hell|finished(?= [,.?:])|nogos|"
    r"personal(?= for| from| as| at|[ ]*[,.?:])|intimate|girly|childish|babyish|boyish|old-fashioned|outdated|bulky|heavy|fragile|pricey|expensive|dear|costly|big|large|much|obvious|common|basic|typical|romantic|formal|strong|sweet|wet|messy|noisy|loud|fussy|fiddly)"
)
TOO = {"personal", "intimate", "girly", "childish", "babyish", "boyish", "old-fashioned", "outdated", "bulky", "heavy", "fragile", "pricey", "expensive", "dear", "costly", "big", "large", "much", "obvious", "common", "basic", "typical", "romantic", "formal", "strong", "sweet", "wet", "messy", "noisy", "loud", "fussy", "fiddly"}  # fmt: skip
"""What rules out only as "too much of it"."""
_BAD_WORDS = "wrong over gone cancelled canceled scrapped dead joke ugly excessive childish scam torture hell finished nogos banned forbidden prohibited disallowed verboten taboo vetoed off-limits off out ruled boring lame overdone overused overrated played cliched clichéd clichés cliches cliché cliche impersonal lazy tacky naff cheesy corny tasteless useless pointless wasteful bland generic predictable unoriginal uninspired unimaginative stale old passé hollow meh waste wasted lost unwanted unwelcome unnecessary inappropriate unsuitable insulting insult offensive embarrassing awkward weird creepy gross disgusting yucky risky overkill insensitive tactless no nope no-no no-go nono nogo non-starter nonstarter pass cop-out cop copout flop failure mistake turn-off turnoff bore trigger bad terrible awful daft poor covered sorted taken spoken dealt accounted claimed bagsied lined order hand done"
NOT = r"(?:(?:is|are) (?:[^ ,.?:]+ ){1,4}not|isn't|aren't|wasn't|isnt|arent|is not|are not|was not|were not|'s not|never was|has never been|have never been|is never|are never|was never|never|is hardly|are hardly|(?:just|really|simply|definitely|probably) (?:isn't|aren't|not))"
WONT = r"(?:won't|wont|wouldn't|wouldnt|doesn't|doesnt|don't|dont|didn't|didnt|can't|cant|cannot|couldn't|never|will not|would not|does not|do not|did not|would never|will never)"
SHE = r"(?:(?:she|he|they|we|i|(?:my|her|his) [^ ,.?:]+))"
END = r"(?=[,.?:] |any ?more |at all |anyway |much |because |since |so |and |but |to |already |though |either |if )"

# fmt: off
_TOPICS = (
    # Bad, banned, done.
    (
        _BAD_WORDS,
        r"{is} {quite}{bad} (?!problem |brainer |brain|doubt |longer |wonder |idea what|one |that i |good |bad |over |in the oven)",
    ),
    (
        " ".join(sorted(TOO)),
        r"{is} (?:just |really |a bit |a little |rather |way |far |probably |all |always |kind of |a tad |much |also |obviously |simply |definitely |slightly |still |going to be |both |like |as if |kind of like )*too (?:{too}) (?!fun )",
    ),
    ("budget", r"{is} (?:way |far |well |a bit |slightly |just |really |so |all |out |too )*(?:over|beyond|above|out of|outside) (?:of )?(?:the |my |our )?(?:budget|price range|means) "),
    ("thing style colour color cup taste bag vibe speed scene jam forte", r"{not} {quite}(?:really |exactly |actually |ever )*(?:been )?(?:(?:her|his|their|my|our)|[^ ,.?:]+'s) (?:thing|things|style|colour|color|cup of tea|taste|bag|vibe|speed|scene|jam|forte|kind of thing) "),
    ("isn't aren't isnt not never wasn't", r"(?:really |just )?(?:isn't|aren't|isnt|is not|are not|was never|wasn't) {quite}(?:really )?for (?:her|him|them|me|us|my [^ ,.?:]+) {end}"),
    ("isn't aren't", r"(?:just|really|so|simply) (?:isn't|aren't) (?:really )?(?:her|him|them|my [^ ,.?:]+|very (?:her|him)) [,.?:]"),
    ("not isn't isnt aren't arent wasn't never hardly aren't", r"{not} (?:really |even |an |a |always |exactly |going to be |be |at all |very |too |so |such a |quite |that |the most |the best |particularly |generally |usually |allowed to be )*(?:allowed|permitted|welcome|wanted|needed|option|(?:good|great|real|viable) (?:idea|fit|choice|option|gift|for)|accepted|possible|necessary|practical|suitable|appropriate|ideal|useful|the (?:present|gift|right)) "),
    # Will not do.
    ("won't wont wouldn't wouldnt doesn't doesnt don't dont didn't didnt can't cant cannot couldn't never not", r"(?:really |just |probably |simply )?{wont} (?:really |even |exactly |probably |ever |always |seem to |necessarily )*(?:work|suit|appeal|interest|excite|cut it|last|survive|happen|impress|thrill|land|agree with|fit|get (?:past|through|used|worn|eaten|read|opened)|go (?:down|with|through|near|over)|sit (?:well|right)|make it (?:through|past)) (?!out )"),
    ("use used worn eaten read opened touched unused unopened unworn unread untouched", r"(?:never|hardly ever|rarely|barely|always|still|just|all|mostly|have|has|had|was|were|went|goes|go|is|are) (?:always |never |hardly |barely |ever |been |just |all )*(?:(?:get|gets|got|gotten|went|goes|go|going|be|been) )?(?:unused|unopened|unworn|unread|untouched|(?<=never )(?:used|worn|eaten|opened|touched)|(?<=never got )(?:used|worn|eaten|read|opened)|(?<=never get )(?:used|worn|eaten|read|opened)|(?<=never gets )(?:used|worn|eaten|read|opened)|(?<=barely )(?:used|worn|opened|touched)) "),
    ("dust landfill clutter bin trash waste cupboard drawer attic loft box shelf corner wardrobe charity closet garage landfills bank", r"(?:(?:would|will|'d|only|just|always|probably|simply|all|usually|still|mostly) )*(?:gathers?|gathering|collects?|collecting|sits?|sat|sitting|ends?|ended|ending|becomes?|goes|go|went|lives?|lands?|landed|is|are|(?:would|will) be) (?:(?:just|only|up|straight|right|to|still|in|be|gathering|collecting|sitting|on|into|gather|collect|as|unopened|unused) |(?:at )?the back of ){0,5}(?:dust|landfill|clutter|(?:the |a |her |his |its |their )?(?:bin|trash|cupboard|drawer|attic|loft|box|shelf|corner|wardrobe|charity shop|closet|garage|waste)|charity|waste) "),
    ("flopped bombed backfired flop disaster badly balloon unappreciated unloved", r"(?:really |rather |totally |sort of )?(?:flopped|bombed|backfired|(?:was|were) {quite}(?:flop|flops|disaster|unappreciated)|went down (?:really |very |so )?(?:badly|like a lead balloon)|did not go down|didn't go down) "),
    # Harms or bores.
    ("gives give gave giving", r"(?:always |really |often |just |would |also |usually |sometimes |will )*(?:gives?|gave|giving) (?:her|him|them|me|us|my [^ ,.?:]+|her [^ ,.?:]+|his [^ ,.?:]+) (?:a |an |the |bad |terrible |awful |horrible |really |such |splitting |full |migraine )*(?:headaches?|migraines?|hives|rash|rashes|hay fever|hayfever|nightmares|heartburn|indigestion|spots|asthma|panic|anxiety|allergies|creeps|ick|shivers|heebie-jeebies|willies|reaction)"),
    ("makes make made making", r"(?:always |really |often |just |would |also |usually |will )*(?:makes?|made|making) (?:her|him|them|me|us|(?:my|her|his) [^ ,.?:]+) (?:really |very |feel |so |all |physically |come out in |break out in )*(?:ill|sick|itch|itchy|sneeze|nauseous|wheeze|ache|dizzy|uncomfortable|anxious|queasy|gag|cringe|poorly|hives|unwell|old|cough|sad|cry|nervous)"),
    ("sets set triggers trigger irritates irritate aggravates upsets upset inflames triggered flare bothers", r"(?:always |really |often |just |would |also |usually |can |will )*(?:sets? off|triggers?|triggered|irritates?|aggravates?|upsets?|inflames?|flares? up|bothers?) (?:her|him|them|his|my|their)"),
    ("bores bore annoys annoy scares scare creep creeps freak freaks weird disgust disgusts terrify terrifies frighten frightens stresses stress gross grosses confuse confuses frustrate frustrates offend offends embarrass embarrasses irritate infuriates overwhelm depress depresses", r"(?:really |always |just |kind of |sort of |absolutely |totally |completely |would |might |could |will |may |only |all |tends? to |seems? to |probably |also |quite )*(?:bores?|annoys?|scares?|creeps?|freaks?|weirds?|disgusts?|terrify|terrifies|frightens?|stress(?:es)?|gross(?:es)?|confuses?|frustrates?|offends?|embarrass(?:es)?|infuriates|overwhelm|depress(?:es)?) (?:her|him|them|me|(?:my|her|his) [^ ,.?:]+) "),
    ("leave leaves left", r"(?:leaves?|left) (?:her|him|them) (?:cold|unmoved|flat|confused) "),
    # Fronted: "hats he never wears", "gin she already has", "scarves I gave at Christmas".
    ("avoids avoid hates hate detests dislikes gave made makes make did got bought considered suggested tried has have owns own returned had knitted knits bakes brews grows sews gets despises loathes refuses binned bans banned vetoed covered ruled ordered sent can't cannot cant", r"(?:she|he|they|i|we|you) (?:really |just |already |both |also |always |absolutely |have |had |usually |actually )*(?:avoids?|hates?|detests?|dislikes?|despises?|loathes?|refuses?|binned|bans|banned|vetoed|covered|gave|made|makes?|knitted|knits|bakes?|brews?|grows?|sews?|gets?|did|got|bought|considered|suggested|tried|has|have|had|owns?|returned|ordered|sent|ruled out|(?:can't|cannot|cant) (?:eat|drink|have|do|use|wear|stand|bear)) (?=[,.?:] |but |by |at |for |last |herself |himself |themselves |already |anyway |and |because |so |in |on |too |like |from |coming |before )(?!for a |in mind |in common )"),
    ("never doesn't doesnt don't won't wouldn't rarely hardly barely seldom isn't", r"{she} (?:(?:really|just|would|has|have|will|simply|still|probably|'d)(?:'d)? )*(?:never|doesn't|doesnt|don't|won't|wouldn't|rarely|hardly(?: ever)?|barely|seldom|does not|would not|will not) (?:really |ever |even |actually |seem to |even seem to |once )*(?:wears?|wore|worn|uses?|used|eats?|drinks?|touch(?:es|ed)?|needs?|wants?|likes?|liked|plays?(?: with)?|enjoys?|appreciates?|burns?|lights?|bothers? with|cares? for) {end}"),
    ("she'd he'd they'd", r"(?:she'd|he'd|they'd) (?:never|not|hardly|rarely|probably never|barely) (?:ever |actually |really )*(?:wear|use|eat|drink|touch|read|play|want|like|enjoy|need) {end}"),
    ("already has have owns", r"{she} (?:already (?:has|have|got|owns?|owned|had)|has already|have already(?: got)?|has (?:loads|plenty|tons|lots|enough|dozens|hundreds|too many|so many|coming out)|have (?:loads|plenty|tons|enough|coming out)|owns (?:already|loads|plenty)) (?=[,.?:] |coming |by |in every |in |of |at |and |but |so |because |out )"),
    ("already", r"(?:she's|he's|they've|we've) already (?:got|had|done|bought|given) (?=[,.?:] |coming |by |in |at |and |but |so )"),
    # Somebody saw to it.
    ("first initial original obvious thought idea instinct plan", r"(?:was|were) (?:my|our|the) (?:first|initial|original|obvious|only|other|main|second|next) (?:thought|idea|instinct|plan|choice|option)s? (?=(?:[,.] )?(?:but|until|except|however|though) )"),
    ("from", r"(?:is|are|comes?|came) (?:coming )?from (?:everyone|everybody|the [^ ,.?:]+|(?:my|her|his|our|their) (?!home|part|country|favou?rite|town)[^ ,.?:]+) "),
    ("reminds remind remembers", r"(?:reminds?|would remind) (?:her|him|them) of (?:her|him|his|the|it|work|that) "),
    ("joke sense", r"(?:would be|is|are|make|makes) (?:just |a |an |some |bit |sick )*(?:joke|no sense) "),
    ("drawer drawers dozens hundreds thousands loads", r"(?:she|he|they) (?:has|have|owns?) (?:got )?(?:a )?(?:whole )?(?:drawers?|dozens|hundreds|thousands|loads|shelves|boxes|cupboards)(?: full)? of (?:them|those|it) "),
)

# fmt: on
_CLASSES = {
    "is": IS,
    "quite": QUITE,
    "bad": BAD,
    "not": NOT,
    "wont": WONT,
    "she": SHE,
    "end": END,
    "too": "|".join(sorted(TOO)),
}  # fmt: skip

BEFORE: tuple[Frame, ...] = tuple(frame("before", needs, pattern, _CLASSES) for needs, pattern in _TOPICS)
"""Frames a thing stands before."""

# fmt: off
_AGAINST = (
    r"[?:] (?:but |nope |well |sadly |and |i think |yes |yeah |ok |nah |sure |apparently |honestly ){0,3}(?:been there|no(?= [,.])|nope|no thanks|no thank|no way|(?:hard |big )?pass|cancelled|canceled|gone|banned|covered|sorted|done|boring|too |already|never|definitely (?:no|not|out)|(?:he'd|she'd|they'd) (?!love|like|enjoy|adore|appreciate|be )|(?:she's|he's|they've|they're) (?:got|already|done|booked|never|not|allergic|sick|bored|over|vegan|vegetarian|diabetic|had)|(?:she|he|they|mum|mom|dad) (?:(?:really|just|already|probably|certainly|definitely|would) )*(?:has|have|owns?|got|hates?|never|doesn't|don't|can't|won't|wouldn't|isn't|called|said|bought|returned|refuses?|thinks|says|finds|did|gave))",
    r": (?:(?:her|his|my|our|their) )?(?:mum|mom|dad|gran|grandma|grandpa|nan|sister|brother|parents|aunt|uncle|husband|wife|boyfriend|girlfriend)(?='s on it [,.]| [,.])",
)
# fmt: on
TOPIC: tuple[Frame, ...] = tuple(frame("topic", "", pattern) for pattern in _AGAINST)
"""Frames behind a colon or a question mark: "Candles? She has hundreds"."""

_THING = r"(?P<thing>(?:(?!{not_thing})[^ ,.?:]+ ){1,5}?)"
_NO_THING = (
    r"(?:to|that|who|her|him|them|she|he|they|i|we|it|been|had|got|already|never|not|everything|nothing|no|just) "
)

# fmt: off
_INSIDE = (
    ("covered sorted hand wrapped lined picked planned order ordered hidden stashed reserved booked earmarked way organised organized ready", r"(?:has|have|had|got|i've|we've|they've|he's|she's) (?:already |got |now |the |all |both ){0,3}{thing}(?:already |all |both )?(?:covered|sorted|in hand|wrapped|lined up|picked out|planned|on order|ordered|hidden|stashed|reserved|booked|earmarked|on the way|organised|organized|ready for) "),
    ("boring tacky lame pointless useless tedious creepy naff cheesy gross silly annoying overrated dull stupid cringe childish depressing impersonal stressful weird cliche ugly disgusting twee wasteful vulgar cringey cringy", r"(?:finds?|found|thinks?|thought|considers?|calls?|feels?|reckons?) (?:that |all |most )?{thing}(?:is |are |to be |were )?(?:(?:really|a bit|so|too|very|quite|totally|rather|just|incredibly|kind of|a little|deeply|terribly|all) )*(?:boring|tacky|lame|pointless|useless|tedious|creepy|naff|cheesy|gross|silly|annoying|overrated|dull|stupid|cringe|childish|depressing|impersonal|stressful|weird|cliche|ugly|disgusting|twee|wasteful|vulgar|cringey|cringy) "),
    ("waste", r"(?:thinks?|finds?|considers?|calls?|says?|feels?|reckons?) (?:that )?{thing}(?:is |are |to be )?(?:just |all |such |always )?a (?:total |complete |big |huge )?waste "),
    ("back return", r"(?:took|take|taken|sent|send|gave|brought) (?:the |that |those |my |our |every ){thing}back "),
    ("bin charity ebay away", r"(?:put|threw|threw|gave|sold|donated|chucked|throws|gives|sells) (?:the |that |those |all |every |any ){thing}(?:in the bin|to charity|on ebay|away|out) "),
    ("everyone everybody", r"(?:gets?|receives?|got|given|received|is given|getting) (?:so many |loads of |tons of |enough |too many |always )?{thing}(?:every (?:year|christmas|birthday) )?from (?:everyone|everybody|all|people) "),
    ("hates hate never doesn't won't barely hardly rarely ignores", r"(?:has|have|got|owns|'s got) {thing}(?:thing )?(?:and|but|that|which) (?:she |he |they )?(?:hates?|never|doesn't|won't|barely|hardly|rarely|ignores) "),
    ("sure convinced certain", r"(?:not|isn't|wasn't|n't) (?:really |so |too |entirely |totally )*(?:sure|convinced|certain) (?:if |that |whether )?{thing}(?:would|will|is|are) (?:be |really |even )*(?:a |an |the |too )?(?:good|right|great|suitable|appropriate|best|nice|useful|her|his|work|fit|safe|personal)"),
    ("from", r"(?:had|received|got|gets|getting|has) (?=an? |the |some )(?:a |an |the |some ){thing}(?:last \w+ )?from (?:me|us|her|his|my|our|their|everyone) "),
    ("himself herself themselves", r"(?:bought|got|made|ordered|built|buys|gets|getting|buying) {thing}for (?:himself|herself|themselves) "),
    ("up", r"given {thing}up "),
    ("shop mile", r"give {thing}a (?:miss|wide berth|rest|body swerve) "),
    ("miss berth rest", r"(?:give|giving|gave) {thing}a (?:miss|wide berth|rest) "),
    ("used", r"used to (?:collect|play|wear|drink|eat|smoke|do|love|like|enjoy|be into) {thing}(?:[,.] )?(?:but|until) "),
    ("buying ordering bringing gifting supplying", r"asked for {thing}and (?:(?:her|his|my|their|our) )?[^ ,.?:]+ (?:is|are|has|have) (?:already )?(?:buying|ordering|bringing|gifting|supplying|bought|ordered|got) "),
    ("complete", r"(?:collection|set) of {thing}is (?:already |now |pretty much |nearly |basically )?complete "),
    ("small", r"(?:is|are|'s) too (?:small|tiny|cramped|crowded) for {thing}(?=[,.?:])"),
)
# fmt: on
INSIDE: tuple[Frame, ...] = tuple(
    frame("inside", needs, pattern.replace("{thing}", _THING.replace("{not_thing}", _NO_THING)))
    for needs, pattern in _INSIDE
)
"""Frames with the thing inside."""
