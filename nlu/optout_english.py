"""English ways of saying stop and start, as patterns over plain words (nlu/optout_words.py says which).

Each pattern is a whole clause from its first word to its last; words of politeness are taken off before.
"""

# ruff: noqa: E501 - a pattern or a list of words is checked more easily on one line
from __future__ import annotations

from nlu.optout_words import WishWords

_STOP = r"(?:stop|quit|cease|discontinue|halt|knock off|cut out|no longer|end|refrain from|desist from|stop with|quit with|cease and desist)"
_OFF = r"(?:cancel|end|pause|block|mute|turn off|switch off|shut off|disable|kill|delete)"
_WRITING = (
    r"(?:messag(?:e|es|ing)|msging|text(?:s|ing)?|writ(?:e|ing)(?: to)?|contact(?:ing)?|dm(?:s|ing|ming)?|spam(?:ming)?|bother(?:ing)?|harass(?:ing)?|"
    r"pester(?:ing)?|ping(?:ing)?|bug(?:ging)?|nag(?:ging)?|hound(?:ing)?|hassl(?:e|ing)|stalk(?:ing)?|talk(?:ing)? to|speak(?:ing)? to|repl(?:y|ying)(?: to)?|respond(?:ing)?(?: to)?|"
    r"email(?:ing)?|annoy(?:ing)?|disturb(?:ing)?|notify(?:ing)?|reach(?:ing)? out(?: to)?|hit(?:ting)? up|bombard(?:ing)?|flood(?:ing)?|chas(?:e|ing)|advertis(?:e|ing) to|market(?:ing)? to)"
)
_KINDS = r"(?:direct|automated|automatic|auto|promo|promotional|marketing|spam|bot|gift|such|annoying|stupid|daily|constant|endless|unwanted|unsolicited|bloody|damn|fucking|freaking|random|private|future|kind of|kinds of|sort of|of|this|these|those|that|the|your|any|all|all of|all the|more|further|other|new)"
_NOUNS = r"(?:messages?|texts?|dms?|spam|notifications?|emails?|updates|promotions?|promos|offers|ads|adverts|reminders|newsletters?|alerts|pings|contact|communications?|correspondence|marketing)"
_MESSAGES = rf"(?:{_KINDS} )*{_NOUNS}(?: and {_NOUNS})?"
_MARKED = rf"(?:{_KINDS} )+{_NOUNS}|spam"
_ME = r"(?:me|us|my (?:dms?|inbox|phone|account|number))"
_TAIL = (
    r"(?: (?:again|ever again|any ?more|any longer|(?:via|by|through|in) (?:dms?|direct messages?|this app)|with me|at (?:work|night|home)|needed|required|necessary|or i(?:ll| will)(?: \w+){1,4}|anything(?: else)?|or anything(?: else)?|at all|ever|from now on|from (?:you|u|here|this (?:account|bot|brand|shop))(?: guys| lot| people)?|to (?:me|my inbox|this account|us)|in (?:the )?future|"
    r"in my dms?|on (?:here|x|twitter)|until i say(?: so)?|for good|forever|completely|altogether|immediately|right now|right away|today|now|please|with (?:the |these |your |this |all (?:the|these|your) )?(?:messages?|texts?|dms?|spam|crap|nonsense)|"
    r"all the time|every (?:day|week|hour|five minutes)|like this|so much|constantly|about (?:it|this|gifts?|presents?|stuff|things|anything|everything|products?|offers|your \w+)))*"
)
_DONT = r"(?:dont|do not|dnt|do nt|never|you (?:may|can|must|should) (?:not|no longer)|you (?:cant|cannot|mustnt|shouldnt)|not to|i (?:said|told you|asked you) (?:not to|dont)|no need to|you (?:dont|do not) need to|theres no need to|id (?:rather|prefer) you (?:didnt|did not)|i would (?:rather|prefer) you (?:didnt|did not))"
_NOT_WANT = r"(?:i )?(?:(?:dont|do not|dnt|no longer|never|didnt|did not)(?: really| even| actually)? (?:want|wish|need|care|like|wanna|desire|ask|agree|consent)(?: for)?|(?:would|id|rather) (?:prefer|rather|like)? ?not|have no (?:wish|interest|desire))"
_RECEIVE = r"(?:to )?(?:get|getting|receive|receiving|see|seeing|have|be sent|getting)"
_LIST = r"(?:(?:your|the|this|that|these|those|any|all|all your|whatever|every|ur) )*(?:(?:mailing|dm|text|message|messaging|marketing|contact|contacts|subscriber|subscription|customer|email|broadcast|distribution|spam|promo) )*(?:lists?|database|service|subscriptions?|contacts|system|records)(?: (?:this|it|that) is| im on| of yours| you have)?"
_LEAVE = (
    r"(?:un ?subscribe|unsub|de ?subscribe|opt ?out|optout|remove|delete|take|get|pull|drop|scrub|wipe|strike|erase)"
)
_MINE = r"(?:me|us|my (?:number|account|name|handle|details|address|contact|email|profile|user ?name)|this (?:number|account))"

_STRONG = (
    rf"{_STOP} (?:with )?(?:the |this |all |all the |these |your )?{_WRITING}(?: {_ME})?{_TAIL}",
    rf"{_STOP} {_WRITING} {_ME} (?:about|with|for|regarding)(?: \w+){{1,4}}",
    rf"(?:{_STOP}|{_OFF}) (?:sending |receiving |getting )?(?:{_ME} |out |with )?{_MESSAGES}{_TAIL}",
    rf"(?:stop|quit|cease) (?:sending|giving)(?: me| us)?(?: (?:these|this|those|stuff|things|anything|crap|any|junk|suggestions|it|more))*{_TAIL}",
    rf"(?:stop|quit|cease) (?:sending|giving) (?:me|us) (?:any|more|these|those|your|all)(?: (?!with|about|in|on|for|and)\w+){{0,3}} {_NOUNS}{_TAIL}",
    rf"{_DONT} (?:ever )?{_WRITING} {_ME}(?: ever)?{_TAIL}",
    rf"(?:{_DONT}|not) (?:ever )?{_WRITING}(?: (?:to )?{_ME})?(?: ever)?(?: again| any ?more| ever again)",
    rf"(?:{_DONT}|dont you dare|dont ever) (?:send|sending)(?: me| us)? (?:(?:any|more|another|other|these|those|such) )*(?:{_MESSAGES}|anything(?: else)?|stuff){_TAIL}",
    rf"{_DONT} send (?:me|us) (?:any|more|these|those|your|all)(?: (?!with|about|in|on|for|and)\w+){{0,4}} {_NOUNS}{_TAIL}",
    rf"(?:send|write) (?:me|us) (?:no more|nothing(?: else| more)?){_TAIL}",
    rf"{_NOT_WANT}(?: to)? (?:be (?:contacted|messaged|texted|bothered|written to|spammed|dmed|disturbed|on (?:{_LIST}))|hear (?:any ?more )?from|talk to|chat with|speak to)(?: by)?(?: you| this bot| this account| a bot| anyone| any of you)?{_TAIL}",
    rf"{_NOT_WANT} (?:{_RECEIVE} )?(?:{_MARKED}){_TAIL}",
    rf"{_NOT_WANT} {_RECEIVE} (?:{_MESSAGES}|anything(?: else| more)?|(?:any )?more of (?:these|this)){_TAIL}",
    rf"{_NOT_WANT} (?:you|u)(?: guys)? (?:to )?(?:{_WRITING}|be {_WRITING})(?: {_ME})?{_TAIL}",
    rf"(?:i)? ?(?:want|wanna|would like|d like|id like|need|wish|ll|will|have decided|am trying|im trying|please let me) (?:to )?(?:unsubscribe|opt ?out|be (?:removed|taken off|unsubscribed|opted out|left alone|deleted from your list))(?: (?:of|from|by|off) (?:{_LIST}|{_MESSAGES}|this|here|everything|you|all(?: of)? (?:this|it)))?{_TAIL}",
    rf"(?:i )?(?:want|would like|d like|id like|id love|would love|need|wish|am trying|im trying) to (?:stop|quit) (?:receiving|getting|seeing|hearing) (?:{_MESSAGES}|from you){_TAIL}",
    rf"(?:(?:it would|itd) be (?:great|nice|good|lovely|best)|i(?:d| would) (?:like|love|prefer|appreciate) it|i wish|i would be (?:happy|happier|grateful)) ?(?:if )?you (?:stopped|quit|would stop|could stop|didnt|did not|wouldnt) (?:{_WRITING}|sending)(?: {_ME})?(?: {_MESSAGES})?{_TAIL}",
    rf"(?:would|do) you mind (?:not|stopping) (?:{_WRITING}|sending)(?: {_ME})?(?: {_MESSAGES})?{_TAIL}",
    rf"(?:im|i will|ill|i am going to|im going to|im gonna) (?:block|blocking|report|reporting)(?: you)? if (?:you|this|i) (?:{_WRITING}|get|receive|send)(?: {_ME})?(?: {_MESSAGES}| another (?:message|dm|text))?{_TAIL}",
    rf"(?:i )?(?:want|would like|d like|id like|need|wish)(?: you)? (?:to stop|(?:it|this|these|(?:{_MESSAGES})) (?:to )?(?:stop|stopped|end|gone|off))(?: {_WRITING}(?: {_ME})?)?{_TAIL}",
    rf"(?:no|zero|absolutely no|enough|enough with|enough of|ive had (?:it|enough)(?: of| with)?|sick of|fed up (?:with|of)|sick and tired of|tired of|done with|i am done with|im (?:sick|tired|done|fed up)(?: of| with)) (?:getting )?(?:{_MARKED}){_TAIL}(?: already)?",
    rf"no more (?:{_NOUNS}|{_WRITING}(?: {_ME})?|of (?:these|this|your) (?:{_NOUNS})){_TAIL}|no (?:longer|more) (?:message|contact|text|dm)(?: me)?{_TAIL}",
    rf"{_LEAVE}(?: {_MINE})? (?:from|off|out|out of|off of|of)(?: of)? (?:{_LIST}|{_MESSAGES}|here|this|everything|it|all (?:this|of it|of this))(?: {_LIST})?{_TAIL}",
    rf"(?:un ?subscribe|unsub|opt ?out|optout|deregister|unregister|unfollow)(?: (?:{_MINE}|all|everything|from (?:all|this|everything)|of this|this|now|completely))*|opt (?:me|us) out(?: of (?:this|everything|it|{_MESSAGES}))?|remove me",
    rf"(?:how (?:do|can|would) (?:i|you|we)|how to|where (?:do|can) i|tell me how to|is there a way to|im trying to|i am trying to|let me) (?:unsubscribe|opt ?out|get off(?: of)? (?:{_LIST})|(?:stop|turn off|switch off|disable|mute) (?:getting |receiving )?(?:{_MESSAGES}|the bot|this bot)|(?:turn|switch) (?:this|it|you) off)(?: (?:of|from) (?:this|here|these|{_MESSAGES}|{_LIST}|it|all this))?",
    r"(?:cancel|end|stop|terminate) (?:my |the |this )?subscription to (?:" + _MESSAGES + r"|this|your dms)",
    r"(?:i )?(?:hereby )?(?:am )?(?:revok(?:e|ing)|withdraw(?:ing)?|retract(?:ing)?|take back|taking back)(?: my)? (?:consent|permission)(?: (?:to|for)(?: be)?(?: \w+){1,4})?",
    r"(?:you )?(?:do not|dont|no longer|never) (?:have|had) (?:my )?(?:consent|permission)(?: to \w+(?: \w+){0,2})?(?: any ?more)?",
    rf"(?:stop|quit|enough) it with (?:{_MESSAGES}){_TAIL}|i (?:dont|do not|didnt|did not|never) (?:consent|consented|agree|agreed) to (?:(?:getting |receiving |be sent )?(?:{_MESSAGES})|this|any of this|be (?:contacted|messaged|texted))",
    r"(?:just )?leave (?:me|us) (?:alone|be|in peace|the (?:hell|fuck|heck) alone)(?: with (?:" + _MESSAGES + r"))?(?: already)?",
    r"let me (?:be|alone)",
    r"(?:go|get) (?:away|lost|out of my (?:dms?|inbox))(?: bot)?|(?:stay|keep) (?:out of|away from) my (?:dms?|inbox)|get off my (?:dms?|phone|case|back)|(?:get|go) out of my (?:dms?|inbox)",
    rf"(?:fuck|piss|bugger|f+|eff|sod|naff|jog|do one) ?off(?: bot| you (?:bot|spammer)| already)?(?: with (?:{_MESSAGES}|all (?:this|these)|this))?",
    r"lose my (?:number|handle|account|contact|address)|forget (?:my number|you have my (?:number|handle))",
    rf"im (?:opting out|unsubscribing|out of this list)(?: of (?:this|{_MESSAGES}))?|i want out|block me|i (?:opt out|unsubscribe|(?:already )?opted out|(?:already )?unsubscribed|(?:didnt|did not|never) (?:sign up|signed up|subscribe|subscribed|opt in|opted in|agree|agreed|ask|asked) (?:for|to) (?:this|{_MESSAGES}|any of this|any of these))(?: (?:already|yesterday|before|last \w+|(?:\w+ )?(?:days|weeks|months) ago|twice))?",
    rf"(?:im|i am|were|we are) not interested in (?:getting |receiving )?(?:{_MESSAGES}|hearing from you){_TAIL}",
    rf"(?:how (?:do|can) i )?(?:make|get) (?:it|this|these|them|the bot|this bot|{_MESSAGES}) (?:to )?stop|(?:shut|turn|switch) (?:it|this|this bot|the bot|yourself|{_MESSAGES}) (?:down|off)|(?:turn|switch) off (?:this bot|the bot)|shut (?:it|the bot|this bot) up",
    r"(?:stop|quit|end|kill|switch off|disable) (?:the |this |your )?(?:bot|chat bot|chatbot|chat|conversation|subscription|messaging|messaging service|automation|auto ?(?:dms?|messages|replies|reply))(?: any ?more)?",
    rf"(?:{_MESSAGES}) (?:have to|has to|must|need to|needs to|should|better|gotta|have got to|can) (?:stop|end)(?: now)?",
    r"(?:this is|you are|youre|ur|stop being) (?:spam|spamming me|harassing me|harassment|spamming my dms?|a spammer)",
    r"(?:i )?(?:said|told you|already said|asked you|keep saying) (?:to )?stop(?: (?:messaging|texting|writing|contacting|dming)(?: to)?(?: me)?)?",
    r"(?:you)(?: really| can| should| need to| have to| must| better| ve got to| gotta)+ stop(?: (?:now|this|messaging me|texting me|writing(?: to)? me|contacting me))?",
    r"(?:stop|quit) (?:hitting me up|blowing up my (?:phone|dms?|inbox)|sliding into my dms?|(?:filling|clogging)(?: up)? my (?:inbox|dms?)|being in my dms?|showing up in my dms?)(?: with (?:" + _MESSAGES + r"))?",
)  # fmt: skip

_WEAK = (
    rf"no (?:{_NOUNS})|(?:i )?(?:dont|do not) (?:want|need) (?:{_NOUNS})",
    r"(?:stop|end|cancel) (?:them|those|these|the lot|all of (?:them|it|this))|take me off|count me out|(?:just )?drop me|no more|let me go|(?:i )?(?:dont|do not) want (?:this|these|any of (?:this|these))(?: any ?more)?",
)

_BARE = (
    r"(?:stop|s t o p|desist|cease and desist|stop ?all|stop (?:it|this|that|now|everything)|end|quit|cease|revoke|halt|make it stop|(?:stop )+(?:stop|end|quit|unsubscribe|bot))",
)

_START = (
    r"(?:start|unstop|un stop|subscribe|re ?subscribe|resume|opt in|opt(?: me)? back in|opt me in|unsilence|unmute|begin|restart|sign me (?:back )?up|subscribe me(?: again)?)",
    r"start (?:it )?(?:up )?(?:again|messages|messaging|messages again|sending|sending again|writing again|back up)",
    rf"(?:start|resume|restart|continue|re ?start) (?:sending |getting |receiving |with )?(?:me )?(?:the |your |my )?{_WRITING}(?: to)?(?: me| us)?(?: again| once more| back up)*",
    rf"(?:start|resume|restart|continue) (?:sending |getting |receiving )(?:me )?{_MESSAGES}(?: again| once more)*",
    r"you (?:can|may|could) (?:now )?(?:start )?(?:message|messaging|text|texting|write(?: to)?|writing(?: to)?|contact|contacting|dm|dming|talk to|talking to|reply to|answer)(?: me)?(?: (?:again|now|once more))+",
    r"(?:message|text|write(?: to)?|contact|dm|talk to|answer) me (?:again|once more)",
    r"(?:turn|switch) (?:your |the |my )?(?:messages|dms?|texts|messaging|yourself|it|the bot) (?:back )?on(?: again)?|(?:turn|switch) (?:back )?on (?:the |your )?(?:messages|dms?|texts|bot)",
    r"i(?: want|d like|d love| would like| changed my mind,? i want) (?:to )?(?:get |receive |hear |have )?(?:your |the |more |new )?(?:messages|dms|texts|from you)(?: again| back| from you again| once more)+",
    r"(?:i(?: want|d like|d love| would like) to |)(?:subscribe|opt in|opt back in|sign up|resubscribe|start)(?: again| back| to (?:your |the )?(?:messages|dms))+",
    r"(?:please )?(?:come back|im back|talk to me again)",
)  # fmt: skip

_SOFT = (
    "i have asked you to|i have already asked you to|ive asked you to|ive already asked you to|ive told you to|be so kind as to|be so kind and|be kind enough to|do me a favor and|do me a favour and|ok|okay|hey|hi|hello|good morning|good afternoon|good evening|good day|please|just|now|right now|right away|immediately|at once|at this time|already|"
    "so|and|but|no|nope|yes|yeah|ur|your bot|sorry|thanks|thanks so much|many thanks|thank you|thx|ty|cheers|seriously|really|honestly|omg|wtf|ffs|lol|"
    "jesus|god|for gods sake|for the love of god|the fuck|the hell|bot|giftbot|sir|man|dude|guys|folks|team|then|well|i said|i say|im done|done|enough|"
    "thats enough|i mean it|actually|kindly|urgently|respectfully|politely|simply|can you|could you|would you|will you|can we|could we|i want you to|"
    "i would like you to|id like you to|i need you to|you need to|you must|you should|you have to|you can|you may|youve got to|i told you to|i asked you to|"
    "im asking you to|i beg you|i beg you to|id appreciate it if you|id appreciate it if you could|id appreciate it if you would|"
    "i would appreciate it if you|i would appreciate it if you could|i would appreciate it if you would|i would be grateful if you|"
    "i would be grateful if you could|i would be grateful if you would|can i ask you to|may i ask you to|i have to ask you to|i must ask you to|"
    "please respect my wishes|respect my wishes|if thats ok|if thats okay|if thats alright|if thats all right|if thats possible|if thats not too much|"
    "if its ok|if its okay|if its alright|if its all right|if its possible|if its not too much|if you dont mind|if you do not mind|if u dont mind|"
    "if u do not mind|if possible|if i may|not interested|wrong person|wrong number|no offence|no offense|how many times do i have to say|"
    "how many times do i have to say to|how many times do i have to ask|how many times do i have to ask to|how many times do i have to tell you|"
    "how many times do i have to tell you to|second time asking|third time asking|fourth time asking|last time asking|stop|today|thank u|ta|for now|"
    "for good|ever|all of this|all this|it all|asap|one last time|for the last time|mate|x|xx|have a nice day|have a good one|bye|goodbye|nothing personal|"
    "shut up|shut up bot|forget about me|i repeat|to be clear|final warning|last warning"
)

_OUR_WRITING = (
    r"messages|messaging|texts|texting|dms?|dming|spam(?:ming)?|sign(?:ed)? up|subscri\w+|unsubscribe|consent|contact(?:ing)?|"
    r"not interested|(?:dont|do not) want (?:this|these|it|any of this)|alone|harass\w*|annoying|annoy|report(?:ed|ing)? you|block(?:ed|ing)? you|unsolicited|take me off|off your list"
)

ENGLISH = WishWords(_STRONG, _WEAK, _BARE, _START, _SOFT, _OUR_WRITING)
