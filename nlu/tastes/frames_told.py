"""Frames of stories: what was sent and did not please, what others will bring, what somebody was told to leave."""

# ruff: noqa: E501 - a pattern is checked more easily on one line
from __future__ import annotations

from nlu.tastes.frames import Frame, frame
from nlu.tastes.frames_before import IS
from nlu.tastes.frames_behind import RELATIVE, SOFTLY, WHOM, WHOSE

_FEAST = r"(?:christmas|xmas|easter|(?:mother's|father's|mothers|fathers|valentine's|valentines) day|valentine's|(?:her |his |their )?birthday|(?:our )?anniversary|graduation)"
_GIVING = r"(?:giving|gives?|gave|getting|gets?|got|did|does|do|bring|brings|bringing|brought|send|sends|sending|sent|buy|buys|buying|bought|made|makes?|making|doing|ordering|ordered)"
_GIVERS = rf"(?:i|we|she|he|they|everyone|everybody|everyone's|everybody's|most people|people|{WHOSE} [^ ,.?:]+(?: [^ ,.?:]+)?|{RELATIVE}(?:'s)?|the [^ ,.?:]+)"
_HAS = r"(?:she's|he's|they've|they're|i've|we've|(?:she|he|they|i|we) (?:has|have|had))"
_CLASSES = {"soft": SOFTLY, "whom": WHOM, "whose": WHOSE, "relative": RELATIVE, "is": IS, "feast": _FEAST, "giving": _GIVING, "givers": _GIVERS, "has": _HAS}  # fmt: skip

# fmt: off
_BEHIND = (
    # Given before, told as a story.
    ("given gifted bought sent handed", r"(?:been|being|were|was|get|gets|got|getting) {soft}(?:given|gifted|bought|sent|handed) (?:enough |so many |too many |far too many |countless |endless |more |yet another )*(?!to |by |for |me |this |that |a (?:hard|chance|second|job|diagnosis|clean|few|lot|week|month|year)|up |out |away |the (?:job|sack|all))"),
    ("sent given gifted brought tried made had", r"(?:i've|we've|i have|we have) {soft}(?:sent|given|gifted|brought|tried|made|had|done) (?:{whom} )?(?=an? |some |the |two |three |{whose} )(?!a (?:few|couple|lot|look|think|gift|present|baby|hard|good|great|bad|chance|bit|rough|long|fair|talk)|the (?:same|chance|money|best|time|pleasure))"),
    ("already also just", r"(?:i|we) (?:have )?(?:already|also|just) (?:sent|bought|ordered|brought|gave|made|did|got|picked up|purchased) (?:{whom} )?(?=the |that |those |an? |some )(?!a (?:few|couple|lot|look)|a gift |a present |some (?:things|presents|gifts|bits))"),
    ("did", r"(?:also|already|even|and|i|we) did (?:the|an?|that) (?!same |lot |few |job |bit |best |rest |math |maths |thing )(?=(?:[^ ,.?:]+ ){0,3}(?:thing|when|last|for|one year|years? ago|before))"),
    ("christmas xmas easter mother's father's mothers fathers valentine's valentines birthday anniversary graduation", r"[,.] (?:and |then |for )*(?:last )?{feast} (?:it was |was )?(?=an? |some )"),
    ("before", r"(?:the )?(?:year|christmas|birthday|time|xmas) before(?: that| last)? ?(?:, )?(?:it was |was |it's |i gave {whom} |i got {whom} |i did |i made )?(?=an? |some |the )"),
    ("wrong misfired", r"(?:(?:went|got it|gone|it)(?: [^ ,.?:]+ly)? (?:very |so |really )?wrong|misfired) with (?!it |that |this |{whom} |the |all )"),
    ("always usually mostly normally ever", r"(?:it's|its|it has|it was) (?:always|usually|mostly|normally|only ever) been (?=[^.?]+ , |an? |the |[^ ,.?:]+s )(?!a (?:huge|big|bit|fan|good|great|hard|difficult)|so |very |really |there |into |like )"),
    ("things bits presents gifts goodies items", r"(?:got|bought|gave|getting|ordered|have|picked up|made) (?:{whom} )?(?:(?:a|few|some|couple|of|several|two|three|other|small|little|already) ){0,4}(?:things|bits|presents|gifts|goodies|items)(?: already| for {whom}| so far| planned| picked out| lined up| ready| sorted| ordered| bought){0,3} [,:] (?!but |and |so |i |we |she |he |they |not |then |which |the (?:problem|thing) |any |however |for |what |in |to |just |if |as |with |on )"),
    ("far", r"so far (?:(?:i've|i have|we've|we have|i|we) )?(?:(?:got|gotten|bought|ordered|have|had) )?(?:{whom} )?[:,] (?!but |i |we |she |he |they |so |no |nothing |not |the |my |what |any |all |it )"),
    ("bought ordered", r"and (?:also |then |even )?(?:bought|ordered) (?:{whom} )?(?=some |an? |two )(?!a (?:house|home|flat|place|few|boat|farm|puppy|ticket))"),
    ("every", r"(?:get|gets|gotten|receives?|given) (?=(?:[^ ,.?:]+ ){1,4}(?:and (?:[^ ,.?:]+ ){1,3})?from every (?:visitor|student|parent|guest|one|relative|child|single|class|client|patient|neighbou?r|aunt|body))"),
    ("always usually all often", r"the [^ ,.?:]+ (?:always|usually|all|often) (?:gives?|brings?|sends?|buys?|gets?) (?:{whom} )"),
    ("all", r"(?:we've|they've|we|they|everyone's|everybody's) all (?:already )?(?:got|have|had|own) (?!the (?:same|time|flu)|a |been |to |it )"),
    # Told, asked and decided to leave.
    ("off", r"(?:warned|put|waved|scared|steered) (?:{whom} |me |us |everyone )?(?:right |well )?off (?!to |by |until |when |the (?:list|table|idea))"),
    ("no", r"(?<!never )(?<!n't )(?<!not )(?<!wont )(?<!never one to )(?:says?|said|saying|say|and|but) (?:a )?(?:firm |hard |definite |big )?no to (?:any |more |all |another |anything )*"),
    ("not", r"(?:i'm|we're|im|am|are|is|she's|he's|they're) {soft}not {soft}(?:doing|buying|bringing|gifting|ordering|making|getting {whom}) (?:{whom} )?(?:another |any |more |a |an )*(?!it |this |that |so |too |well |anything |great |much |enough |presents |gifts |good |very |money |sense |to )"),
    ("neither", r"neither (?:of them |one )?(?:can|could|does|do|will|would|is|are|likes?|wants?|needs?|drinks?|eats?|wears?|uses?|plays?|reads?) (?:(?:really|much|do|manage|eat|drink|handle|wear|use|open|have|like|want|need|into|enjoy|read|play) )*(?!of |a fan|to )"),
    ("refuse refuses refused refusing", r"(?:refuse|refuses|refused|refusing) (?:to (?:do|give|bring|send|get|buy|make|have|accept|touch|own|play|read|watch|wear|eat|drink|use) )(?:{whom} )?(?!it |this |that |so |anything |a (?:list|hint|clue))"),
    ("won't wouldn't refuses", r"(?:won't|wouldn't|will not) (?:{soft})(?:have|accept|entertain|hear of|consider|look at|go near|tolerate|keep) (?:anything |any |an? )?(?!it |time |that |this |much |to |her |him |them |you |cent |penny |anything |money |access |any |one |space |room |enough |lot |clue |chance |need )"),
    ("less", r"less (?:boring|generic|impersonal|lame|predictable|obvious|cliche|clichéd|dull|awkward) than (?:just |another |an? |the )*(?!i |it |that |this |last |usual )"),
    ("nothing", r"nothing (?:for|involving|containing|about) (?:the |a |an )?(?!over |under |moment|next|first|last|time|more |less |me |us |now |him |her |them |them |\d|free|sure|years|around|granted|about|too )"),
    ("nothing anything something", r"(?:nothing|(?:don't|doesn't|not) (?:want )?(?:anything|something)) (?:that |which )?(?:says|saying|screams|screaming|shouts|smacks of|smells of|smells like|reeks of|involves|requires) (?:too much like )?(?!\")"),
    ("scream screams shout smack reek", r"(?:doesn't|don't|not|isn't|won't|didn't|does not|do not) (?:exactly |quite |too |just )*(?:scream|screams|shout|smack of|reek of) (?!at |it )"),
    ("bother bothers bothered", r"(?:doesn't|don't|never|didn't|can't be|not|hardly|rarely|does not) {soft}(?:bothers?|bothered) (?:with|about) (?!it |that |this |{whom} |what |how |who )"),
    ("fell fallen falling drifted burned burnt gone", r"(?:fell|fallen|falling|drifted|burned|burnt|gone) (?:out (?:of love with|of|on|with)|away from|cold on) (?!bed |it |touch |{whom} |the (?:tree|house|way)|{whose} (?:way|mind)|fashion |school |work |business |date |favou?r )"),
    ("that which", r"(?:gifts?|presents?|something|anything|things|ideas?|one|ones|stuff) (?:that|which) (?:is not|are not|isn't|aren't|won't be|doesn't involve|don't involve|does not involve|isn't about|isn't just|aren't just) (?:just |an? |the |another |overly |at all |necessarily )*(?!too |from |to |in |so |going |very |that |super |on |really |as |what |for |already )"),
    ("limit limiting reduce reducing downsize downsizing purging decluttering", r"(?:limit|limiting|reduce|reducing|downsize|downsizing|purge|purging|declutter|decluttering) (?:on )?{whose} "),
    ("want wanted", r"(?:don't|dont|doesn't|do not|didn't|not|wouldn't) {soft}want (?:it|this|them|the [^ ,.?:]+|{whose} [^ ,.?:]+|anything) to be (?:(?:mainly|just|all|only|another|an?|like|about|too|overly|some|yet|mostly) )*(?!able |late |sad |over |for |in |here |there |happy |good |nice )"),
    ("certainly definitely clearly obviously", r"(?:certainly|definitely|clearly|obviously) (?:has|have|owns|own) (?:enough |plenty of |lots of |all the )*(?!to |been |no |a (?:thing|sense|love|passion|favou?rite|type|style|crush|taste|soft)|{whose} |good taste |taste |not |never |that |more |everything |one )"),
    ("less never too overly so very", r"(?:less|never|(?:not|nothing|isn't|aren't|n't) (?:be )?(?:too|overly|so|very)) (?=(?:too )?(?:generic|flashy|girly|cheesy|tacky|gimmicky|formal|romantic|sappy|mushy|bulky|fragile|gaudy|showy|loud|sentimental|fancy|feminine|masculine|childish|frilly|preachy) )"),
    ("can't cannot cant", r"(?:can't|cannot|cant) be (?:too |very |anything |something |an? )*(?!bothered |arsed |sure |more |too |that |the |wrong |here |there |with |so |certain |picky |choosy |late |without |beaten |trusted |over |under )"),
    ("thanks thank", r"(?:no thanks|no thank you) to "),
)
_BEHIND_KNOWN = (
    ("enough", r"[.,:?] (?:already |we have |got |nah |ok )*enough (?!of |with |money |time |about |for |to |said |ideas |inf)"),
    ("off", r"(?:she's|he's|they're|is|are|im|i'm) {soft}off (?!to |at |on |work |school |for |the (?!booze|drink|sugar)|his |her |in |and |sick |with |from |a |out |by )"),
)
_INSIDE = (
    ("many enough plenty loads tons dozens", r"(?:likes?|loves?|enjoys?|collects?|adores?) (?P<thing>(?:[^ ,.?:]+ ){1,3}?)(?:, )?but (?:she |he |they |already |now |really |just )*(?:has|have|got|owns?) (?:way |far |already |more than |got |just )*(?:too many|so many|enough|plenty|loads|tons|dozens)(?: of (?:them|those))?(?: already| now| as it is)? (?=[,.?:] |and |so )"),
    ("every", r"(?:i|we) (?:always |usually |normally |already )?(?:send|give|bring|get|make|do|buy) (?:{whom} )?(?P<thing>(?:[^ ,.?:]+ ){1,5}?)every (?:single )?(?:time|year|christmas|birthday|visit|mother's day|father's day)"),
)
_BEFORE = (
    ("what", r"(?:is|are|was|were|'s) (?:exactly |basically |just )?what {givers} (?:(?:will|would|is|are|was|were|have|has|always|usually|all|be|already|both) ){0,3}{giving} "),
    ("job thing domain department territory turn gift present plan idea", r"(?:is|are|'s|was) (?:already )?{whose} [^ ,.?:]+'s (?:job|thing|domain|department|territory|turn|gift|present|plan|idea) "),
    ("need stay go home", r"(?:need not apply|needn't apply|can stay (?:away|home|in the shop|on the shelf)|can go whistle) "),
    ("soon early serious forward intense complicated difficult hard", r"{is} (?:(?:just|way|far|still|bit|a|probably|really|much|maybe) )*too (?:soon|early|serious|forward|intense|complicated|difficult|hard) (?=[,.?:] |for |to |yet |at |as |and |since )"),
    ("newcastle", r"(?:(?:is|are|would be) )?(?:just |a bit |like )*(?:taking |carrying )?coals to newcastle "),
    ("roll", r"(?:makes?|made) (?:her|him|them) roll "),
    ("been", r"(?:has|have|had) (?:already |all |both |just )*been (?:done|given|gifted|overdone|covered|tried|bought|claimed|taken care) "),
    ("given gifted finished read seen watched had done played bought tried returned got collected", r"(?:that |which )?{has} (?:already |just |all |both |recently )*(?:been (?:given|gifted|bought)|finished|read|seen|watched|had|done|played|tried|returned|(?<=already )(?:got|bought|collected)) (?=[,.?:] |by |already |before |from |twice |three |at |and |so |but |last )"),
    ("usually normally always typically generally", r"(?:that |which )?(?:i|we) (?:usually|normally|always|typically|generally) (?:give|get|bring|send|buy|do|make) (?:people |everyone |{whom} |others |my )?"),
    ("got received", r"(?:that |which )?(?:she|he|they) (?:just |recently |only |already )*(?:got|received|were given|was given) (?:over|last|for|this|at|from|as|on) (?!it |the phone)"),
    ("afford justify manage stretch", r"(?:that |which )?(?:she|he|they|i|we) (?:can't|cannot|couldn't|could never|can not) (?:really |possibly |quite )?(?:afford|justify|manage|stretch to) (?=[,.?:] |and |but |so |right |at )"),
    ("everyone everybody someone people", r"(?:everyone|everybody|every other person|half the (?:class|office|family)) (?:else )?(?:always |already |will |is |usually )*(?:has|have|gets?|gives?|giving|bring|brings|bringing|sends?|getting) (?=[,.?:] |and |so |but )"),
)
_BEFORE_KNOWN = (
    ("over history", r"(?:is|are|was|were) (?:(?:so|all|totally|well|long|really|now|very much) )*(?:over|history) (?:now |apparently |these days |already |for good |sadly |with |i'm told |last )"),
    ("hard tricky difficult awkward risky problem problematic impossible minefield gamble challenge", r"{is} (?:(?:really|a|bit|so|very|quite|always|pretty|kind|of|just|too|getting) )*(?:hard|tricky|difficult|awkward|risky|problem|problematic|impossible|minefield|gamble|challenge) (?=[,.?:] |because |since |as |for |with |when |now )"),
    ("died broke wilted", r"(?:just |always |all |only )*(?:died|wilted|broke) (?=[,.?:] |within |after |in |on |and )"),
)
_TOPIC = (
    ("ordered finished returned sorted inherited", r"[:?] (?:she|he|they) {soft}(?:ordered|finished|returned|sorted|inherited) "),
    ("bought taken gone claimed purchased sorted", r", (?:all|both|already|all already|all been) (?:bought|taken|gone|claimed|purchased|sorted) "),
    ("has have got had", r"[:?] (?:already |just |also )?(?:has|have|got|had) (?:it|them|one|plenty|loads|that|those|several|two|three|four|five|enough|all|too|many|both|a million|a drawer|tons|dozens) "),
    ("his her their my our", r": (?:his|her|their|my|our) [^ ,.?:]+ (?:has|have|is|are|does|do|already|makes?|brings?|gives?|bought|got) "),
)

TOLD: tuple[Frame, ...] = (
    *(frame("behind", needs, pattern, _CLASSES) for needs, pattern in _BEHIND),
    *(frame("behind", needs, pattern, _CLASSES, known=True) for needs, pattern in _BEHIND_KNOWN),
    *(frame("inside", needs, pattern, _CLASSES) for needs, pattern in _INSIDE),
    *(frame("before", needs, pattern, _CLASSES) for needs, pattern in _BEFORE),
    *(frame("before", needs, pattern, _CLASSES, known=True) for needs, pattern in _BEFORE_KNOWN),
    *(frame("topic", needs, pattern, _CLASSES) for needs, pattern in _TOPIC),
)
"""Frames on every side of the thing."""
# fmt: on
