"""Frames a thing stands behind: "is fed up with X", "has a cupboard full of X", "her sister is handling the X"."""

# ruff: noqa: E501 - a pattern is checked more easily on one line
from __future__ import annotations

from nlu.tastes.frames import Frame, frame

SOFTLY = r"(?:(?:[^ ,.?:]+ly|really|just|also|already|probably|usually|always|finally|recently|actually|totally|completely|absolutely|basically|quite|rather|very|pretty|seriously|firmly|kind|kinda|sort|of|so|well|still|now|ever|even|only|simply|definitely|long|specifically|currently|lately|bit|a|all|been|going|to|be|both) ){0,4}"
"""Adverbs and auxiliaries between the words of a frame."""
WHO = r"(?:she|he|they|who|(?:(?:my|her|his|our|the) )?[^ ,.?:]+)(?:'s|'re)?"
WHOSE = r"(?:her|his|their|my|our|the)"
WHOM = r"(?:her|him|them|me|us)"
RELATIVE = r"(?:mum|mom|dad|gran|granny|grandma|grandpa|grandad|nan|sister|brother|parents|aunt|aunts|aunty|uncle|uncles|cousin|cousins|husband|wife|boyfriend|girlfriend|family|friends|kids|colleagues|coworkers|in-laws|mates)"
SOMEBODY = r"(?:(?:(?:her|his|my|our|the|their) )?(?:department|office|team|class|company|whole family|club|kids|school|band)|(?:her|his|their|my|our|every|all (?:of )?(?:her|his|the)) (?:[^ ,.?:]+ )?[^ ,.?:]+(?: and (?:(?:my|her|his) )?[^ ,.?:]+)?|(?:mum|mom|dad|parents) and (?:mum|mom|dad|[^ ,.?:]+)|everyone|everybody|someone|somebody|people|others|parents|friends|family|mum|mom|dad|gran|grandma|grandpa|nan|santa)(?: else)?"
OTHERS = rf"(?:(?:her|his|their|my|our|the|all|all of) (?:[^ ,.?:]+ ){{1,3}}|(?:everyone|everybody|somebody|someone|others|grandma|grandpa|granny|grandad|gran|nan|mum|mom|dad|santa)(?:'s)? (?:else )?)(?:is |are |has |have |will be |was |were )?{SOFTLY}"
"""Somebody else with the auxiliary of what they do."""
STORE = r"(?:house|home|flat|apartment|place|shed|garage|loft|attic|room|bedroom|kitchen|bathroom|cellar|garden|shelf|shelves|drawers?|cupboards?|wardrobes?|closets?|cabinets?|bookcase|desk|library|trunk|bathtub|bookshelf|bookshelves|dresser|pantry|fridge|freezer)"
SURPLUS = r"(?:full of|overflowing with|stuffed with|bursting with|crammed with|packed with|overrun with|piled high with|filled with|loaded with|lined with|heaving with|stacked with|jammed with)"
NUMBER = r"(?:three|four|five|six|seven|eight|nine|ten|twelve|twenty|fifty|dozens of|hundreds of|thousands of|millions of|(?:(?:like|about|literally|at least|over|around|roughly|nearly|probably|easily) )*(?:a|one|two|half a) (?:hundred|thousand|million|zillion|billion|dozen)|\d{1,4})"
VERBS_OF_USE = r"(?:wear|wears|wearing|use|uses|using|eat|eats|eating|drink|drinks|drinking|read|reads|reading|play|plays|playing|watch|watches|watching|like|likes|liking|want|wants|wanting|need|enjoy|enjoys|enjoying|appreciate|appreciating|touch|own|owning|buy|buying|collect|collecting|need|smoke|smoking|listen to|listening to|wanting|displaying|display|fancy)"

_CLASSES = {"soft": SOFTLY, "whose": WHOSE, "whom": WHOM, "others": OTHERS, "store": STORE, "surplus": SURPLUS, "number": NUMBER, "use": VERBS_OF_USE, "who": WHO, "relative": RELATIVE, "somebody": SOMEBODY}  # fmt: skip

# fmt: off
LOOSE: tuple[Frame, ...] = tuple(
    frame("behind", needs, pattern, _CLASSES, known=True)
    for needs, pattern in (
        ("can't cannot cant couldn't daren't won't doesn't don't never isn't wouldn't shouldn't mustn't doesnt dont didn't hasn't not", r"(?:can't|cannot|cant|couldn't|daren't|won't|doesn't|don't|never|wouldn't|shouldn't|mustn't|doesnt|dont|do not|does not|must not|should not|didn't|not supposed to|not allowed to|isn't allowed to|not going to) {soft}(?:[^ ,.?:]+ or )?(?!know |think |mind |matter |have |get |find |want |see |remember |help |decide |tell |be |like |love |need |go |care |even |really |say no |worry |forget |miss |stop |live |wait |believe |understand |hear |realise |realize |feel |seem |look |ask |own |only |just |much |breaking |too |very |beat |come |mean |usually |always |the |a |an |to |in |on |hesitate |speak |cost |exceed |leave |overlook |strays? |fails? |tires? |leaves? |misses |stops? |stopped |shuts? |quits? |runs? out|turns? down|said? no|turn down|gets |goes |forgets |had |been |seen |without |short |far |resist |stay |walk past |enough |as |put down |exactly |we |i |you |she |he |they )[^ ,.?:]{2,} (?:{whom} )?(?:up |in |on )?(?:with |to |at |for |into |on |about |any |more |another |the |a |an |some |her |his |of )*(?!{whom} |what |how |without |enough |to |it |that |this |if |as |good |far )"),
        ("isn't not more", r"(?:isn't|aren't|not|more than|wasn't) (?:just|only|merely) (?:another |a |an |the )(?=(?:[^ ,.?:]+ ){1,3}(?:[,.?]|or |although |but i|and i))(?!(?:[^ ,.?:]+ ){1,5}but (?:also|a|an|the) )"),
        ("no", r"(?:[:] |, )no (?!one |idea |way |thanks |problem |doubt |need |more than |wait |kids |children )"),
    )
)
"""Loose frames, behind which only well-known things and plurals count."""

BEHIND: tuple[Frame, ...] = tuple(
    frame("behind", needs, pattern, _CLASSES)
    for needs, pattern in (
        # Had, more than enough.
        ("more", r"(?:has|have|got|owns|own|had) {soft}(?:got )?more (?=(?:[^ ,.?:]+ ){1,4}than )"),
        ("full overflowing stuffed bursting crammed packed overrun piled filled loaded lined heaving stacked jammed", r"{store} (?:is |are |was )?{soft}{surplus} (?!life |light |energy |fun |love |people |memories |kids )"),
        ("neck ears eyeballs eyes knees knee-deep ankle-deep drowning buried", r"(?:up to {whose} (?:neck|ears|eyeballs|eyes|knees) in|(?:knee|ankle)-deep in|buried (?:in|under)|drowning in|swimming in) (?!work |debt |emails )"),
        ("stocked short set sorted", r"(?:(?:well|fully|already) stocked (?:with|for|up on)|stocked up (?:on|with)|(?:never|not) short of|(?:is|are|'s|she's|he's|they're|we're|im|i'm|all) {soft}(?:set|sorted|fine) (?:for|on)) (?!ideas |time |money |friends |words )"),
        ("good set sorted fine", r"all (?:good|set|sorted|fine) (?:for|on) "),
        ("three four five six seven eight nine ten twelve twenty fifty dozens hundreds thousands millions hundred thousand million zillion billion dozen 2 3 4 5 6 7 8 9 10 12 15 20 30 40 50 100 200 300 500 1000", r"(?:has|have|got|owns|own|she's got|he's got) {soft}{number} (?=[^ ,.?:]*s |[^ ,.?:]+ [^ ,.?:]*s )(?![^ ,.?:]* ?(?:kids|children|sons|daughters|brothers|sisters|siblings|dogs|cats|pets|rabbits|parrots|chickens|hens|horses|goats|fish|hamsters|birds|budgies|snakes|ponies|ducks|bunnies|huskies|dachshunds|members|in-laws|years|months|weeks|days|hours|minutes|friends|grandkids|grandchildren|nieces|nephews|boys|girls|cousins|jobs|people|weeks|dollars|pounds|euros|bucks|ideas|options) )"),
        ("every", r"(?:has|have|got|owns|own) {soft}every (?!right |reason |day |year |time |single |other |week |intention |now |one )"),
        ("every", r"(?:has|have|got|owns|own) {soft}every single "),
        ("last least", r"(?:the )?(?:last|least) thing {who} (?:[^ ,.?:]+ )?(?:needs?|wants?) is (?:for {whom} to have )?"),
        ("nobody no-one", r"(?:nobody|no-one|no one) {soft}(?:needs?|wants?) (?!to )"),
        ("one", r"no one {soft}(?:needs?|wants?) (?!to )"),
        ("possesses owned possess", r"already (?:possess|possesses|owned) "),
        # Got for oneself.
        ("upgraded replaced replacing", r"(?:just|recently|finally|already|has|have|'s|she's|he's|she|he|they|they've) {soft}(?:upgraded|replaced) (?!to )"),
        ("herself himself themselves", r"(?:got|gets|bought|buys|getting|buying|ordered|orders|treated|treats|treating|gifted|made|knitted) (?:herself|himself|themselves) (?:to )?(?!into |out |ready |a job |everything |anything |whatever |all )"),
        ("picked splashed splurged invested", r"(?:just |recently |finally |already |has |have |she's |he's |she |he |they |brother |sister |mum |mom |dad |wife |husband |son |daughter |friend |boyfriend |girlfriend ){soft}(?:picked up|splashed out on|splurged on|invested in) (?=an? |some |the |new |{whose} )"),
        ("just recently", r"(?:just|recently) (?:got|gotten|bought|received|acquired) (?=an? |his |her |some |the |their )(?!(?:his|her|their) first |(?:an?|his|her|their|the|some) (?:new |first |own |big |real |little |bit )*(?:job|promotion|puppy|kitten|dog|cat|house|home|flat|apartment|place|car|degree|divorce|raise|baby|horse|pet|licen[cs]e|visa|permit|phd|diploma|boyfriend|girlfriend|scholarship|message|call|tattoo|haircut|news|flu|offer|internship|dream|list))"),
        # Others give it, or it lies ready.
        ("sorted sorting handling bagsied organising organizing covering dibs charge bringing supplying claimed", r"{others}(?:sorted|sorting|handling|bagsied|organising|organizing|covering|claimed|(?:called|got|has) dibs on|in charge of|responsible for|taking care of|bringing|supplying) (?!out )"),
        ("sorting's husband's mum's mom's dad's sister's brother's wife's parents boyfriend's girlfriend's gran's", r"(?:husband's|mum's|mom's|dad's|sister's|brother's|wife's|boyfriend's|girlfriend's|gran's) {soft}(?:sorted|got|bought|ordered|doing|done|making|buying) (?=the |a |an |some |{whom} )(?:{whom} )?"),
        ("doing making baking providing", r"(?:her|his|their) [^ ,.?:]+ (?:is|are) (?:already )?(?:doing|baking|making|providing) (?:the|a|an|some) (?!garden |best |degree |course |house |dishes )"),
        ("clubbed chipped chipping clubbing", r"(?:clubbed|clubbing|chipped|chipping|pitched|pitching) (?:together|in) (?:for|on|to (?:buy|get) {whom}) "),
        ("beat pipped", r"(?:beat|pipped) me to (?!it |the punch )"),
        ("big main other", r"{whose} (?:big|main|other|actual|bigger|biggest|joint) (?:present|gift|one|thing) (?:is|will be|are) (?:already )?(?:an? |some |the |{whose} )"),
        ("giving buying doing paying bringing getting making sending knitting baking ordering building sewing", r"{somebody}(?:'s|'re| is| are| will be| was| were)? {soft}(?:giving|buying|paying for|bringing|sending|ordering|(?:getting|making|knitting|baking|building|sewing|doing) (?={whom} |the )) ?(?:{whom} )?(?!house |home |flat |me |a (?:house|home|flat)|this |that |it |money |up |back |birth |anything |everything |garden |the (?:house|garden|best|same|dishes))"),
        ("doing", r"{somebody}(?:'s|'re| is| are) (?:already )?doing (?!this |it |that |a (?:degree|phd|master|masters|course|marathon)|well |great |something |anything |fine |okay |really |so )"),
        ("gives give buys brings bring does do gets get hands sends keep keeps", r"{somebody} (?:always |usually |already |only |just |keeps? |will |often |all |else |both ){0,2}(?:gives?|buys?|brings?|hands?|sends?|giving|buying|bringing|sending|(?:gets?|makes?|getting|does|do) (?={whom} |the )) ?(?:{whom} )?(?!up |back |me |us |a (?:lot|hug|damn)|in |it |out |this |that |to |so |good |things |everything |everyone |joy |hints |presents |gifts |dishes |the (?:same|dishes|house|garden|best|money|idea|impression))"),
        ("everyone's everybody's everyone everybody someone's", r"(?:everyone's|everybody's|everyone|everybody|they've all|they all) (?:already )?(?:got|has|have|owns|buying|giving|getting) (?:{whom} )?(?!me |it |this |that |to |a gift |their own |everything )"),
        ("mum mom dad gran grandma grandpa nan sister brother parents uncle aunt husband wife", r"(?:, |and |, and )(?:(?:my|her|his|our|their) )?{relative} (?:is |does |has |got |on |gave |bought ){0,2}the (?=[^ ,.?:]+ (?:[^ ,.?:]+ )?[,.])"),
        # Given before.
        ("bought ordered purchased got", r"(?:i|we|i've|we've) (?:have )?(?:also |already |just |even |recently )*(?:bought|ordered|purchased|(?<=also )got|(?<=already )got) (?:{whom} )?(?=an? |some |two |three |{whose} )(?!a (?:house|home|flat|gift|present|few|couple))"),
        ("ever received gotten given gave got far bought made past", r"(?:gifts?|presents?|thing|surprise)(?: [^ ,.?:]+){0,5} (?:ever|received|gotten|given|gave|got|so far|bought|made|past)(?: [^ ,.?:]+){0,6} (?:is|was|were|are|have been|has been|included) (?!to |for |from |in |that |not |i |she |he |they |what |it |a gift|so |really |very )"),
        ("past", r"in the past (?:[^ ,.?:]+ ){0,5}(?:like|such as|including) "),
        ("everything most all", r"(?:read|seen|done|played|watched|visited|tried) (?:pretty much |basically |nearly |almost |just about )?(?:everything|all|every|most)(?: of)?(?: by| from| the)? (?!he |she |they |i |you |it |him |them |her |that |over |day |night )"),
        ("everything", r"(?:has|have|owns|got) (?:pretty much |basically |nearly |almost |just about |already )*everything (?=[^ ,.?:]+(?: |-)(?:related|themed) )"),
        ("two three second third fourth fifth next following before last", r"(?:year (?:one|two|three|1|2|3)|(?:the )?(?:second|third|fourth|fifth|next|following)(?: (?:year|one|time|birthday|anniversary|christmas))?|the year before|last (?:year|time|christmas|xmas|birthday)) (?:was |were |it was |came |i did |we did |i got |we got |i gave |i made |i panicked and did |and then ){1,2}(?!great |awful |a nightmare |rough |hard |a mess |in |very |{whom} )"),
        ("year", r"year (?:one|two|three|four|1|2|3|4) ,? ?(?=an? |some |the )"),
        ("then", r", then (?=an? (?:[^ ,.?:]+ ){1,5}[,.])"),
        ("third fourth fifth second", r", (?:second|third|fourth|fifth|sixth) (?=an? |some |the |[^ ,.?:]+s |[^ ,.?:]+ [^ ,.?:]+s [,.])"),
        ("did made gave got bought went", r"for (?:(?:our|her|his|their|my|the) )?(?:[^ ,.?:]+ )?(?:first|second|third|fourth|fifth|last|\d+(?:st|nd|rd|th)|birthday|christmas|anniversary|graduation|wedding)(?: (?:birthday|christmas|anniversary|one))?,? (?:, )?(?:i|we) {soft}(?:did|made|bought|went with|threw|organised|organized|booked|(?:got|gave|took) {whom} (?:to )?) ?"),
        ("was were", r"(?:last (?:time|year|christmas|birthday|xmas|year's|anniversary)|the year before|before that) (?:it|we|this|present|gift)? ?(?:was|were) (?=an? |some |the |[^ ,.?:]+s )(?!great |awful |a nightmare |rough |hard |a mess |in )"),
        ("ago last previously before", r"(?:years?|months?|time|christmas|birthday|previously) (?:ago )?,? ?(?:she|he|they) (?:had|got|received|was given|were given|opened) (?=an? |some |the |{whose} |[^ ,.?:]+s )(?!the (?:flu|idea|job)|a (?:baby|stroke|job|puppy|kitten))"),
        ("ended ending end", r"(?:end|ends|ended|ending) up (?:giving|getting|buying|sending) (?:{whom} |my [^ ,.?:]+ )?(?!into |in )"),
        ("go-to goto standby fallback default", r"(?:go-to|goto|standby|fallback|default)(?: [^ ,.?:]+){0,2} (?:is|are|was|has been|would be) (?!to )"),
        ("go went stick plump", r"(?:normally|usually|always|typically|generally|often) (?:go|going|went|stick|plump) (?:for|with) (?!walks? |runs? |{whom} )"),
        ("did", r"did (?=(?:an?|the|some) (?:[^ ,.?:]+ ){1,4}for {whose} (?:\d|last|birthday|first|wedding|anniversary|christmas))"),
        ("death already before", r"done (?=(?:[^ ,.?:]+ ){1,6}(?:to death|already|before)(?: |$))"),
        ("we've we", r"we (?:have )?(?:already )?done (?=[^ ,.?:]+ , )"),
        ("reacts react reacted sensitive reacting", r"(?:reacts?|reacted|reacting|sensitive)(?: [^ ,.?:]+){0,2} to "),
        ("than", r"more (?=(?:[^ ,.?:]+ ){1,3}than (?:she|he|they|anyone|anybody) (?:can|could|knows|needs|has|will|ever))(?!money |time |friends |ideas |of )"),
        ("idea thought plan instinct", r"(?:idea|thought|plan|instinct)(?: [^ ,.?:]+){0,5} was (?!to |that |not )(?=[^.?]{2,80} but )"),
        ("stopped quit given gave", r"(?:stopped|quit|given up|gave up) (?=[^ ,.?:]+ing (?:[,.?:]|and |in |last |because |this |years |so |when |after ))(?!trying |working |talking |going |coming |being |studying |looking |asking )"),
        # Tried, and came back.
        ("returned regifted re-gifted swapped exchanged binned pawned donated resold refunded", r"(?:returned|regifted|re-gifted|swapped|exchanged|binned|pawned|donated|resold|refunded) (?=(?:the|every|all|most|that|those|an?|both) )(?!the favou?r )"),
        ("touched opened used worn touch open unopened unused", r"(?:hasn't|haven't|has not|never|not|barely|hardly|has never|have never|didn't|unopened|unused) (?:even |ever |really |once )?(?:touched|opened|used|worn|touch|open|use|wore) (?=the |that |those |any |a single |{whose} |it )(?!the (?:house|office|computer))"),
        # Disliked, outgrown, given up.
        ("abide bear stomach stand handle face", r"(?:can't|cannot|cant|couldn't|could not|can not) {soft}(?:abide|bear|stomach|stand|handle|face|deal with|be doing with) (?!to |the thought |it |him |her |them |up |by |out |another |more )"),
        ("patience time tolerance stomach love appetite", r"(?:no|zero|little|not much|very little|has no|hasn't any|hasn't the) (?:patience|tolerance|stomach|love|appetite|time) (?:with|for) (?!{whom} |hobbies |much |anything |herself |himself )"),
        ("zero little no use taste need head space room interest", r"(?:zero|little|no|not much|very little|no real|absolutely no|no great|limited|not enough|hardly any) (?:interest in|use for|need for|need of|taste for|head for|eye for|space for|room for|storage for|desire for|enthusiasm for) (?!another (?:person|one) |{whom} |me )"),
        ("turns rolls turn roll turned", r"(?:turns?|turned) (?:up )?{whose} nose (?:up )?at |(?:rolls?|rolled) {whose} eyes at "),
        ("cringes cringe recoils shudders sneers scoffs balks winces squirms complains moans rants", r"(?:cringes?|recoils?|shudders?|sneers?|scoffs?|balks?|winces?|squirms?|complains?|moans?|rants?) (?:at|from|about) (?:the (?:sight|thought|smell|idea) of )?"),
        ("over", r"(?:she's|he's|they're|is|are|shes|hes|totally|so|well) {soft}over (?!it |here |there |the |{whom} |\d|a |an |this |that |half |fifty |forty |thirty |sixty |seventy |eighty |and |but )(?=[^ ,.?:]{3,})"),
        ("gone went goes going", r"(?:gone|went|going|goes) (?:right |totally |completely |really |a bit )?off (?!to |the (?!idea)|for |at |on |into |with |and )"),
        ("outgrown outgrew grown grew moved done through bored past", r"(?:outgrown|outgrew|(?:grown|grew|growing) out of|moved on from|(?:is|are|'s|she's|he's|they're|well|totally|so) {soft}(?:done with|through with|past))(?: the| all the| {whose})? (?!school |college |work |exams |uni |it |that )"),
        ("interest", r"(?:lost|losing|has no|have no|shows no|showed no|without any|never shown any) (?:all |any )?interest in "),
        ("longer", r"no longer (?:into|interested in|keen on|{use}|does|plays) "),
        ("used", r"used to {use} (?=(?:[^ ,.?:]+ ){1,5}(?:, )?(?:but|until|before) )"),
        ("stopped quit stopping quitting", r"(?:stopped|quit|quitting|given up|gave up|packed in) {use} "),
        ("quit gave given giving swore sworn kicked cut cutting cuts packed ditched renounced", r"(?:(?:has|have|had|she|he|they|she's|he's|they're|recently|just|finally|who|is|are|and|dad|mum|mom) {soft})(?:quit|gave up|given up|giving up|swore off|sworn off|kicked|cut out|cutting out|cuts out|cut down on|cutting down on|cutting back on|cut back on|packed in|ditched|renounced) (?!on |{whose} job |the job |work |hope |{whom} |all hope |the search )"),
        ("off", r"(?:she's|he's|they're|is|are|dad's|mum's|mom's|currently|now|staying|keeping) {soft}off (?=(?:sugar|carbs|alcohol|booze|drink|meat|dairy|gluten|wheat|bread|chocolate|sweets|caffeine|coffee|wine|beer|red meat|cheese|nuts|salt|fish|eggs|social media|screens) )"),
        ("hopeless useless terrible rubbish clueless awful bad clumsy good", r"(?:hopeless|useless|terrible|rubbish|clueless|awful|clumsy|really bad|so bad|very bad|isn't good|is not good|not (?:very |so |that |really |too |much )?good|no good) (?:with|at|around) (?!buying |choosing |picking |giving |gifts |gift |presents |shopping |this |these |it |people |hinting |remembering |words |kids |children |making |coming |telling |finding |thinking )"),
        ("kills killed", r"(?:kills|killed) (?:every|all|any|her|his)(?: her| his| the)? (?!time )"),
        ("against objects opposed", r"(?:objects? to|opposed to) (?!spending |paying )"),
        ("allergic allergies", r"(?:allergic to|allergies to|allergies) (?:basically |pretty much |practically |almost |so |quite )*(?:everything|lots(?: of things)?|loads(?: of things)?|many things|a lot(?: of (?:things|stuff))?|a few things|most things|all sorts|several things|stuff) [:.] "),
        ("just", r"(?:isn't|aren't|wasn't|more than) just (?:another |a |an )(?![^ ,.?:]+ (?:to me|person))"),
        ("phobia phobic fear", r"(?:phobia of|fear of|phobic about) "),
        # Not thought to be liked.
        ("think see imagine picture believe reckon doubt suppose doubtful convinced", r"(?:(?:don't|dont|do not|can't|cannot|cant|couldn't|can not|not sure) {soft}(?:think|see|imagine|picture|believe|reckon|suppose|that)|doubt|doubtful|doubts|not convinced)(?: that| if| whether)? {who}(?:'d|'ll| would| will| wants?)? (?:[^ ,.?:]+ )?{soft}(?:{use}|be into|be interested in|care for|have use for) (?!it |that |this |them |to |anything |something |much |one |those |these |what )"),
        ("know", r"(?:wouldn't|won't|doesn't|didn't|never) know what to do with (?!herself |himself |it |them )"),
        # Forbidden, left out.
        ("skip skipping omit exclude excluding swerve veto vetoed vetoes nix nixed scrap scrapped ditch ditching drop dropped forget forgo", r"(?:please|pls|let's|lets|we'll|i'll|i'd|we'd|can we|to|should|could|we|i|i've|we've|and|but|nah|ok|okay|just|so|then|also|was|he|she|they|has|have|[.,?:]) {soft}(?:skip|skipping|omit|exclude|excluding|swerve|veto|vetoed|vetoes|nix|nixed|scrap|scrapped|ditch|ditching|drop|dropped|forgo|forget)(?: about)?(?: the idea of| the thought of)? (?!that |it |this |off |by |to |me |{whom} |hints |how |what |one |out |school |class |classes |work |a (?:hint|line)|everything |anything |any |all |my |some )"),
        ("leave left leaving rule ruled ruling crossed cross cut", r"(?:leave|leaving|rule|ruled|ruling|crossed|cross|cut|rules) (?:out|off)(?: the idea of)? (?!there |here |work |of )"),
        ("steer stay keep shy stayed kept staying keeping steering veer", r"(?:steer|stay|keep|shy|veer|steering|staying|keeping|stayed|kept)(?: well| right| far)? (?:away|clear)(?: from| of) (?!me |home |{whom} |each |the tree )"),
        ("free", r"(?:free from|free of|clear of) (?!charge |the |work |it )"),
        ("dare", r"don't (?:you )?(?:even )?dare (?:to )?(?:suggest|buy|get|give|say|mention|bring|send|show) (?:{whom} )?"),
        ("even", r"(?:don't|dont|do not) {soft}even (?:think about|think of|mention|suggest|go near|look at|start with|bother with|consider|show me) "),
        ("mention suggest bother waste recommend", r"(?:please |[.,?:] )(?:don't|dont|do not|never|no need to) {soft}(?:mention|suggest|bother with|bother about|waste time on|recommend|send me|show me|offer) (?:{whom} )?(?!it |that |this |anything |any )"),
        ("banned forbidden barred", r"(?:banned|forbidden|barred) from (?:buying|getting|giving|bringing|sending|making|ordering|having) (?:{whom} )?(?:any |more |another |any more )*(?!it |that |this |anything |{whom} )"),
        ("stop enough", r"(?:[.,:?]|please|and|but|so|just|really) (?:stop|enough) with (?:all )?(?:the |those |these )(?!questions |jokes |messages |spam )"),
        ("provided providing long", r"(?:provided|providing|as long as|so long as)(?: that)? (?:it's not|its not|it isn't|it isnt|it is not|they're not|they aren't) (?:just |yet |another |an? |the |any |too )*(?=[^ ,.?:]+ [,.?:])(?!expensive |much |late |big |heavy |long |used |broken |dear )"),
        ("asked told begged warned ordered instructed made promised agreed swore", r"(?:asked|told|begged|warned|ordered|instructed|made|promised|said|agreed|swore) (?:{whom} |[^ ,.?:]+ )?not to (?:buy|get|give|bring|send|spend money on|do|make|order|take|gift) (?:{whom} )?(?!it |that |this |anything |any |so |too |much )(?:any more |any )?"),
        ("forbid forbids forbade bans ban banned vetoed outlawed prohibits prohibit permit permits allow allows", r"(?:forbids?|forbade|(?<!is )(?<!are )(?<!were )(?:banned|vetoed|outlawed)|bans?|prohibits?|outlaws?|(?:doesn't|don't|does not|won't|do not|will not|didn't|doesnt) (?:allow|permit|accept)|not (?:allow|permit|accept)) (?!{whom} )"),
        ("let", r"(?:won't|doesn't|don't|didn't|wouldn't|never) let (?:{whom}|[^ ,.?:]+) (?:have|keep|bring|own|use|eat|drink|wear|get) (?!any fun |fun )"),
        ("asked asking requested insists insist insisted says said stipulated specified strictly absolutely definitely", r"(?:(?:asked|asking) for|requested|insists? on|insisted on|says|said|stipulated|specified|strictly|absolutely|definitely) {soft}no (?:more )?(?!idea |one |to |way |and |it |but |thanks |because |when |presents |gifts |gift |present |need |problem )"),
        # A negation with any verb: only what is well known.
        ("owns", r"owns (?!an? (?:[^ ,.?:]+ )?(?:salon|store|cafe|café|gallery|practice|firm|studio|bar|pub|boat|horse|dog|cat|gym|business|shop|restaurant|home|house|bakery|farm|small)|their |his own |her own |one )"),
        # Compared.
        ("better different personal original exciting interesting special creative unique fun thoughtful imaginative memorable lasting beyond nicer cooler", r"(?:better|different|more (?:personal|original|exciting|interesting|special|creative|unique|fun|thoughtful|imaginative|memorable|lasting)|beyond|nicer|cooler) than (?:just |only |the (?:usual|standard|typical|obvious|normal|same old) |yet another |another |your (?:usual|average|typical) )?(?!\d|that |this |last |me |any |what |it |usual |i |he |she |expected |a (?:few|couple|month|week|year))"),
        ("beyond besides usual obvious typical standard", r"(?:beyond|besides|apart from|other than|instead of|rather than|not|avoid|past) (?:just )?(?:the|all the|those|your) (?:usual|obvious|typical|standard|same old|normal|classic|generic|old)(?: old| boring)? (?!things? |stuff |gifts? |presents? |suspects )"),
        ("prefers prefer preferred into keen fond interested rather", r"(?:prefers?|preferred|more (?:into|keen on|fond of|about|interested in)|rather have|rather|more of an?) (?:[^ ,.?:]+ ){1,4}(?:than|over) (?!\d|i |he |she |they |it |that |anything |most |me |us |the (?:other|next)|a year|\w+ing |what )"),
        ("prefers prefer", r"(?:prefers?|preferred) (?:(?!to )[^ ,.?:]+ ){1,3}to (?!be |do |get |have |go |stay |work |read |the |her |his )(?!\w+ (?:a|an|the|her|his|with|at|in|on) )"),
        ("enough", r"enough (?:with|of) (?:the|all the|these|those) (?!day |time |week )"),
        ("out", r"(?:is|are) out (?:, |and )?(?:so|as) (?:is|are) "),
        ("thing style colour taste bag", r"not (?:really )?{whose} (?:thing|style|taste|cup of tea|bag)(?: is| are)? : "),
    )
)
"""Frames a thing stands behind."""
# fmt: on
