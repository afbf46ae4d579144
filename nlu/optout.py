"""Stop and start wishes, recognised at the door before any model (and in a few microseconds).

A message is cut into clauses; from each clause the words of politeness and emphasis are taken off both ends;
what is left must be a wish from its first to its last word. So "please stop messaging me now" is one, while
"stop me if this is silly", "she can't stop knitting" and "non-stop flights" are not.
"""

# ruff: noqa: E501 - a pattern or a list of words is checked more easily on one line
from __future__ import annotations

import enum
import re

from nlu.text import clean


class OptWish(enum.Enum):
    """What a message wants of our writing at all."""

    NONE = "none"
    STOP = "stop"
    START = "start"


_TRIMMINGS = 8
"""Words of politeness taken off one end of a clause, at most; keeps hostile repetition cheap."""

LONGEST_WISH = 400
"""Characters. Longer messages are about something else; only their fixed first line is looked at."""

_WRITING = (
    r"(?:messag(?:e|es|ing)|msg(?:s|ing)?|text(?:s|ing)?|writ(?:e|ing)(?: to)?|contact(?:ing)?|dm(?:s|ing|'ing)?|"
    r"d\.?m\.?s|spam(?:ming)?|bother(?:ing)?|harass(?:ing)?|pester(?:ing)?|ping(?:ing)?|bug(?:ging)?|"
    r"talk(?:ing)? to|reply(?:ing)?(?: to)?|respond(?:ing)?(?: to)?|email(?:ing)?|annoy(?:ing)?|disturb(?:ing)?|"
    r"slid(?:e|ing) into|hit(?:ting)? (?:me )?up|notify(?:ing)?|reach(?:ing)? out(?: to)?)"
)
_MESSAGES = (
    r"(?:(?:direct |automated |promo(?:tional)? |marketing |spam |of |these |this |those |the |your |any |all |more |"
    r"further |bot |gift |such |annoying |stupid |daily |kind of |kinds of |from you |me |)*"
    r"(?:messages?|msgs?|texts?|dms?|d\.m\.s?|spam|notifications?|emails?|updates|promotions?|offers|ads|adverts|contact))"
)
_ME = r"(?: me| us| my (?:dms?|inbox|phone|account))?"
_TAIL = (
    r"(?: (?:again|ever again|any ?more|anything|at all|ever|from now on|from you|to me|to my inbox|in future|"
    r"in my dms?|on here|on x|on twitter|from this account|from this bot|until i say(?: so)?|for good|forever|completely|"
    r"altogether|immediately|right now|right away|today|with (?:the |these |your )?(?:messages?|texts?|dms?|spam)|all the time|every day|like this|so much))*"
)
_LISTS = r"(?:(?:your|the|this|that|any|all) )*(?:(?:mailing |dm |text |messaging |marketing |contact |subscriber )*(?:lists?|database|messages|service|subscription))"

_STOP_PATTERNS = (
    rf"(?:stop|quit|cease|end|discontinue|no longer|halt|knock off|cut out) (?:with )?(?:the |this |all |all the |these |your )?{_WRITING}{_ME}{_TAIL}",
    rf"(?:stop|quit|cease|end|cancel|discontinue|pause|block|mute|turn off|switch off|disable|unsubscribe(?: me)? from|opt(?: me)? out (?:of|from)|(?:i )?(?:do ?n[o']?t|do not|no longer) (?:want|wish|need)(?: to (?:get|receive|see|have))?) (?:sending |receiving |getting )?(?:me )?{_MESSAGES}{_TAIL}",
    rf"(?:stop|quit|cease) (?:sending|giving)(?: me| us)?(?: (?:these|this|those|stuff|things|anything|crap|any|junk|suggestions|it))*{_TAIL}",
    rf"(?:stop|quit) (?:sending|giving)(?: me| us)? {_MESSAGES}{_TAIL}",
    rf"(?:do ?n[o']?t|do not|never|you (?:may|can|must|should) (?:not|no longer)|no) {_WRITING}(?: me| us| my dms?| my inbox){_TAIL}",
    rf"(?:do ?n[o']?t|do not|never) (?:ever )?{_WRITING}(?: me| us)?(?: ever)?(?: again| any ?more| ever again)",
    rf"(?:do ?n[o']?t|do not|never) send(?: me| us)? (?:(?:any|more|another|any more|any other|these|those|such) )*(?:{_MESSAGES}|anything|stuff){_TAIL}",
    rf"(?:i )?(?:do ?n[o']?t|do not|never|no longer) (?:want|wish|need|care) to (?:be contacted|hear from|be contacted(?: by)?|be messaged(?: by)?|be texted(?: by)?|talk to|be bothered(?: by)?|chat with|get messages from|receive (?:any )?(?:more )?messages from|speak to)(?: you| this bot| this account| a bot| anyone)?{_TAIL}",
    r"(?:i )?(?:do ?n[o']?t|do not) wanna (?:hear from|talk to)(?: you| this bot)?(?: again| any ?more)*",
    rf"(?:i)? ?(?:want|wanna|would like|'?d like|need|wish|'?ll|will|have decided) (?:to )?(?:unsubscribe|opt[ -]?out|be (?:removed|taken off|unsubscribed|opted out|left alone|deleted from your list))(?: (?:of|from|by) (?:{_LISTS}|{_MESSAGES}|this|here|everything|you|all(?: of)? (?:this|it)))?{_TAIL}",
    rf"(?:i )?(?:want|would like|'?d like|need|wish)(?: you)? (?:to stop|(?:it|this|these|the messages) to stop)(?: {_WRITING}{_ME})?{_TAIL}",
    rf"i want (?:these |the |this |all )*{_MESSAGES} (?:to stop|stopped|gone|off){_TAIL}",
    rf"(?:no|zero|enough|enough with the|enough of the|enough of your|enough of these|i'?ve had enough of (?:your|these|the)) (?:more )?{_MESSAGES}{_TAIL}",
    rf"(?:un ?subscribe|de ?subscribe|opt[ -]?out|optout|unsub|remove|delete|take|get|pull|drop|scrub|wipe)(?: me| my number| my account| my name| this number| us)?(?: (?:from|off|out of|off of|of))(?: {_LISTS}| {_MESSAGES}| here| this| everything| it){_TAIL}",
    r"(?:un ?subscribe|opt[ -]?out|optout|unsub|opt|remove|deregister|unfollow|unregister)(?: me)(?: out)?(?: of (?:this|everything|it))?",
    r"(?:un ?subscribe|opt[ -]?out|optout|unsub)(?: (?:me|all|everything|from (?:all|this|everything)|this|now))*",
    r"(?:how (?:do|can|would) (?:i|you|we)|where (?:do|can) i|tell me how to|is there a way to|i(?:'m| am) trying to|let me) (?:unsubscribe|opt[ -]?out|stop (?:these|the|your|this|getting|receiving|all)(?: (?:these|the|your|of))* ?(?:messages|texts|dms|spam|bot))(?: (?:of|from) (?:this|here|these|these messages|your messages|your dms|your list|it|all this))?",
    r"(?:i )?(?:hereby )?(?:revoke|withdraw|retract|take back)(?: my)? (?:consent|permission)(?: to (?:be )?(?:message|messaged|contact|contacted|text|texted)(?: me)?)?",
    r"(?:you )?(?:do not|do ?n[o']?t|no longer) have (?:my )?(?:consent|permission)(?: to (?:message|contact|text|dm|write to) me)?(?: any ?more)?",
    r"leave (?:me|us) (?:alone|be|in peace|the (?:hell|fuck|heck) alone)",
    r"let me (?:be|alone)",
    r"(?:go|get) (?:away|lost|out of my (?:dms?|inbox))|stay out of my (?:dms?|inbox)|get off my (?:dms?|phone)",
    r"(?:fuck|piss|bugger|f+|eff|sod) off(?: bot| you (?:bot|spammer))?",
    r"lose my (?:number|handle|account)|forget my number",
    r"i(?:'?m| am) (?:opting out|unsubscribing|out of this list)(?: of (?:this|these messages|your messages))?",
    r"i (?:opt out|unsubscribe|opted out|(?:already )?unsubscribed|did ?n[o']?t (?:sign up|subscribe|agree|ask) (?:for|to) (?:this|these|these messages|any of this|your messages))",
    r"i(?:'?m| am) not interested in (?:your |these |any |any more |getting |receiving |more )*(?:messages|dms|texts)(?: from you)?(?: any ?more)?",
    rf"no (?:longer|more) (?:message|contact|text|dm)(?: me)?{_TAIL}",
    r"(?:make|get) (?:it|this|these|them|the bot|this bot|these messages) (?:to )?stop|shut (?:it|this|this bot|the bot) (?:down|off|up)|turn (?:it|this|this bot|the bot|yourself|messages) off|turn off (?:this bot|the bot|messages)",
    r"(?:stop|quit|end|kill|switch off|disable) (?:the |this |your )?(?:bot|chat bot|chatbot|chat|conversation|subscription|service|messaging service|automation|auto ?(?:dms?|messages|repl(?:y|ies)))(?: any ?more)?",
    r"(?:never|do ?n[o']?t|do not) (?:dm|text|msg|message|contact|write|bother me)(?: me)?",
    r"(?:these|the|your|those|all) (?:messages|dms|texts|msgs) (?:have to|must|need to|should|better|gotta) stop",
    r"(?:this is|you are|you're|ur|stop being) (?:spam|spamming me|harassing me|harassment|spamming my dms?)",
    r"(?:i )?(?:said|told you|already said|asked you) (?:to )?stop(?: (?:messaging|texting|writing|contacting|dming)(?: to)?(?: me)?)?",
    r"(?:you|u)(?: really| can| should| need to| have to| must| better|'ve got to| gotta)+ stop(?: (?:now|this|it|messaging me|texting me|writing(?: to)? me|contacting me))?",
    r"(?:stop|quit) (?:hitting me up|blowing up my (?:phone|dms?|inbox)|sliding into my dms?|filling (?:up )?my (?:inbox|dms?)|being in my dms?|showing up in my dms?)",
    # German
    r"(?:stopp|abmelden|abbestellen|aufhören|aufhoeren|schluss|abmeldung|austragen|löschen sie mich)",
    r"(?:hör|hoer|hören sie|hört) (?:bitte |endlich |doch )*(?:auf|damit auf)(?:,? (?:mir|mich)?(?: bitte)?(?: zu (?:schreiben|nerven|kontaktieren|belästigen)| nachrichten zu (?:schicken|senden)))?",
    r"(?:ich (?:will|möchte|moechte|wünsche) )?(?:bitte )?(?:keine|nie wieder)(?: weiteren| weitere| solchen| mehr)* (?:nachrichten|dms?|werbung|mitteilungen|infos?)(?: mehr)?(?: von (?:euch|ihnen|dir))?(?: mehr)?(?: (?:schicken|senden|bekommen|erhalten))?",
    r"(?:schreib|schreibt|schreiben sie|kontaktiere|kontaktiert|kontaktieren sie)(?: mir| mich)?(?: bitte)? (?:nicht mehr|nie wieder|nie mehr)(?: an)?",
    r"(?:lass|lasst|lassen sie) mich(?: bitte| endlich)*(?: in ruhe)",
    r"(?:ich (?:will|möchte|moechte) )?(?:mich )?(?:bitte )?(?:abmelden|abbestellen|austragen)|(?:melde|meldet|melden sie) mich(?: bitte)? ab|(?:newsletter|nachrichten)(?: bitte)? (?:abbestellen|stoppen|abmelden|beenden|aus)|nicht mehr (?:schreiben|kontaktieren|anschreiben)|nerv(?:t)? mich nicht(?: mehr)?",
    # French
    r"(?:arrêt|arret|arrête|arrete|arrêter|arreter|arrêtez|arretez|désabonner|desabonner|désabonnement|desabonnement|désinscription|desinscription|désinscrire|stopper)(?:[ -]moi)?",
    r"(?:arrête|arrete|arrêtez|arretez|cesse|cessez|arrêter|stoppez|stop)(?: de| d'| les| vos| ces)+ ?(?:m'(?:écrire|ecrire|envoyer(?: des| vos| ces)*(?: messages)?|embêter|contacter|importuner|harceler)|me (?:contacter|déranger|deranger|parler|spammer|harceler|solliciter)|messages|spam)(?: s'il (?:te|vous) pla[iî]t)?",
    r"(?:je (?:ne )?(?:veux|souhaite|désire) )?(?:plus (?:de|aucun|recevoir (?:de|vos|aucun|ces))|pas de|aucun) (?:messages?|dms?|notifications?|pubs?|mp)(?: de (?:vous|votre part))?",
    r"ne? ?(?:m'|me )?(?:écrivez|ecrivez|écris|ecris|contactez|contacte|envoyez|envoie|dérangez|parlez|parle|derangez|sollicitez)(?: plus| pas)(?: (?:jamais|rien|de messages?|aucun message))*",
    r"(?:laissez|laisse)[ -]moi (?:tranquille|en paix)|fichez[ -]moi la paix|fiche[ -]moi la paix|foutez[ -]moi la paix",
    r"(?:je (?:veux|souhaite|voudrais) )?(?:me |m'|se )?(?:désabonner|desabonner|désinscrire|desinscrire)(?: de (?:tout|vos messages|la liste|cette liste))?|(?:désabonnez|desabonnez|désinscrivez|desinscrivez|retirez|supprimez|enlevez|désabonne|désinscris)[ -]moi(?: de (?:la|votre|vos|cette) (?:liste|messages))?",
    # Spanish
    r"(?:alto|parar|pare|para ya|baja|basta|basta ya|detener|cancelar suscripci[oó]n|darse de baja|desuscribir(?:me)?|desuscribirse)",
    r"(?:deja|deje|dejen|dejad|para|pare|paren|parad) (?:ya )?de (?:escribirme|mandarme|enviarme|molestarme|contactarme|hablarme|spamearme)(?: (?:mensajes|cosas|m[aá]s|por favor))*",
    r"no (?:me )?(?:escrib(?:as|a|an|áis|ir)|env[ií](?:es|e|en)|mand(?:es|e|en)|contact(?:es|e|en)|molest(?:es|e|en)|habl(?:es|e|en))(?:me)?(?: (?:m[aá]s|mensajes|m[aá]s mensajes|nunca m[aá]s|nada m[aá]s))*",
    r"(?:no (?:quiero|deseo) (?:recibir )?)?(?:ya )?(?:ning[uú]n |no )?m[aá]s mensajes(?: (?:tuyos|suyos|vuestros|de ustedes|por favor))*|no quiero (?:recibir )?(?:m[aá]s |sus |tus |estos )*mensajes(?: tuyos| suyos)?",
    r"(?:quiero |quisiera |deseo )?(?:darme|dame|deme|denme|dadme|dar) de baja(?: (?:de la lista|ya|de esto))?|(?:d[eé]jame|d[eé]jeme|d[eé]jenme|dejadme) en paz|(?:b[oó]rrame|b[oó]rrenme|qu[ií]tame|elim[ií]name) de (?:la|su|tu|esta) lista|cancelar (?:los )?mensajes|cancela(?:r)? mi suscripci[oó]n",
    # Italian
    r"(?:ferma|fermati|fermatevi|fermo|smettila|smettetela|smetti|basta|disiscriviti|disiscrivimi|disiscrizione|cancellami|cancellatemi|annulla iscrizione|disdici|disiscrivermi)",
    r"(?:smettila|smettetela|smetti|smettete|smetta|basta)(?: di| con(?: i)?| i)? (?:scrivermi|mandarmi|inviarmi|contattarmi|disturbarmi|messaggi|questi messaggi|i messaggi)(?: messaggi)?",
    r"(?:non|mai pi[uù]) (?:mi )?(?:scriver(?:e|mi|ci)|scrivete(?:mi)?|scriva|scrivi|contattar(?:e|mi)|contattate(?:mi)?|mandar(?:e|mi)|inviar(?:e|mi)|disturbar(?:e|mi)|inviate(?:mi)?|mandate(?:mi)?)(?: pi[uù]| messaggi| nulla| altri messaggi| niente| altro)*",
    r"(?:non voglio (?:pi[uù] )?(?:ricevere )?)?(?:niente|nessun|basta|pi[uù]|altri|vostri|i vostri|tuoi|questi) ?(?:pi[uù] |altri )?messagg(?:i|io)(?: pi[uù])?(?: da voi| da te)?|non voglio pi[uù] (?:ricevere )?messaggi|lasciami (?:in pace|stare)|lasciatemi (?:in pace|stare)",
    r"(?:voglio |vorrei )(?:disiscrivermi|cancellarmi|annullare l'iscrizione)|(?:rimuovimi|cancellami|toglimi|toglietemi|rimuovetemi) dalla (?:vostra |tua )?lista",
)  # fmt: skip
_START_PATTERNS = (
    r"(?:start|unstop|un stop|un-stop|subscribe|re-?subscribe|resume|opt[ -]?in|opt(?: me)? back in|opt me in|unsilence|unmute|begin|restart|sign me (?:back )?up|subscribe me(?: again)?)",
    r"start (?:it )?(?:up )?(?:again|messages|messaging|messages again|sending|sending again|writing again|back up)",
    rf"(?:start|resume|restart|continue|re-?start) (?:sending |getting |receiving |with )?(?:me )?(?:the |your |my )?{_WRITING}(?: to)?(?: me| us)?(?: again| once more| back up)*",
    rf"(?:start|resume|restart|continue) (?:sending |getting |receiving )(?:me )?{_MESSAGES}(?: again| once more)*",
    r"you (?:can|may|could) (?:now )?(?:start )?(?:message|messaging|text|texting|write(?: to)?|writing(?: to)?|contact|contacting|dm|dming|talk to|talking to|reply to|answer)(?: me)?(?: (?:again|now|once more))+",
    r"(?:message|text|write(?: to)?|contact|dm|talk to|answer) me (?:again|once more)",
    r"(?:turn|switch) (?:your |the |my )?(?:messages|dms?|texts|messaging|yourself|it|the bot) (?:back )?on(?: again)?|(?:turn|switch) (?:back )?on (?:the |your )?(?:messages|dms?|texts|bot)",
    r"i (?:want|would like|'?d like|'?d love|changed my mind,? i want) (?:to )?(?:get |receive |hear |have )?(?:your |the |more |new )?(?:messages|dms|texts|from you)(?: again| back| from you again| once more)+",
    r"(?:i (?:want|would like|'?d like|'?d love) to |)(?:subscribe|opt in|opt back in|sign up|resubscribe|start)(?: again| back| to (?:your |the )?(?:messages|dms))+",
    r"(?:please )?(?:come back|i'?m back|talk to me again)",
    r"(?:wieder )?(?:starten|anmelden|fortsetzen|weitermachen|neu starten)|(?:wieder )?(?:schreiben|nachrichten)(?: bitte)? (?:wieder )?(?:starten|erlauben|an)|(?:du|sie|ihr) (?:kannst|können|könnt|darfst|dürft) (?:mir )?wieder schreiben",
    r"(?:commencer|recommencer|reprendre|démarrer|redémarrer|réabonner|s'abonner|reprenez|recommencez|réabonnez[ -]moi)(?: les messages)?",
    r"(?:empezar|comenzar|reanudar|darme de alta|iniciar|suscribirme|reactivar|volver a empezar)(?: (?:los )?mensajes)?",
    r"(?:inizia|riprendi|ricomincia|riprendere|ricominciare|riattiva|iscrivimi|avvia|iniziare)(?: (?:i )?messaggi)?",
)  # fmt: skip

_BARE = (
    r"stop+|s t o p|cease and desist|stop ?all|stop it|stop this|stop that|end|quit|cease|revoke|halt|stop please|stop now|"
    r"stop stop|stop bot|stop bothering|stop spamming|stop messaging|stop texting|stop contact|"
    r"stop end|stop quit|stop unsubscribe|stop everything|make it stop|optout|opt-out|opt out"
)
"""A wish only where the rest of the message is politeness or emphasis, or speaks of messages."""

_VAGUE = r"no more|let me go"
"""A wish only where the rest of the message speaks of messages: alone they may mean ideas, or the end of a talk."""

_SOFT_WORDS = (
    r"ok(?:ay)?|hey|hi|hello|please|pls|plz|plss|pleaseee?|just|now|right now|immediately|at once|already|so|and|but|no|nope|yes|yeah|"
    r"sorry|thanks|thank you|thx|ty|cheers|seriously|really|omg|wtf|ffs|lol|jesus|god|for god's sake|for the love of god|the fuck|the hell|"
    r"bot|giftbot|sir|man|dude|guys|then|well|i said|i say|i'?m done|done|enough|that's enough|i mean it|actually|kindly|urgently|"
    r"can you|could you|would you|will you|can u|could u|would u|can we|could we|would you please|i want you to|i would like you to|i'?d like you to|i need you to|"
    r"you need to|you must|you should|you have to|you can|you've got to|u can|i told you to|i asked you to|i'?m asking you to|"
    r"i beg you|i beg you to|stop|today|thank u|ta|merci|bitte|por favor|per favore|s'il te pla[iî]t|s'il vous pla[iî]t|svp|stp|grazie|gracias|danke|"
    r"for now|for good|ever|all of this|all this|it all|immediately|asap|one last time|for the last time|mate|x|xx|have a nice day|bye|goodbye|nothing personal|"
    r"jetzt|sofort|endlich|doch|ya|ahora|subito|adesso|maintenant|tout de suite|hallo|hola|ciao|bonjour|und|et|y|e|bitte sofort"
)
_STOP = re.compile("|".join(f"(?:{pattern})" for pattern in _STOP_PATTERNS))
_START = re.compile("|".join(f"(?:{pattern})" for pattern in _START_PATTERNS))
_BARE_STOP = re.compile(_BARE)
_VAGUE_STOP = re.compile(_VAGUE)
_LEAD = re.compile(rf"(?:{_SOFT_WORDS})(?:[ ,]+|$)")
_TRAIL = re.compile(rf"[ ,]+(?:{_SOFT_WORDS})$")
_ONLY_SOFT = re.compile(rf"(?:(?:{_SOFT_WORDS})(?:\s+|$))*")
_CLAUSES = re.compile(
    r"[.!?;:\n|()\[\]\"]+|,|\s-+\s|\b(?:and|but|so|or i will|or else)\b(?= (?:stop|please|do|leave|unsubscribe|opt|remove|take))"
)
_OUR_WRITING = re.compile(
    r"\b(?:messages?|messaging|texts?|dms?|spam(?:ming)?|sign(?:ed)? up|subscri\w+|consent|contact(?:ing)?|"
    r"not interested|do ?n'?t want (?:this|these|it|any of this)|alone|harass\w*|annoying|report(?:ed|ing)? you|block(?:ed|ing)? you|unsolicited)\b"
)
_NOT_LETTERS = re.compile(r"[^\w\s'.!?;:,\-()\[\]|\"]")
_STOP_SIGN = "🛑"


def read_wish(text: str) -> OptWish:
    """Whether the shopper wants us to stop writing, to start again, or says neither.

    Works on any Unicode, never raises; a message that says both is a stop.
    """
    plain = clean(text).text.replace(_STOP_SIGN, " stop ")
    if len(plain) > LONGEST_WISH:
        plain = plain.split("\n", 1)[0][:LONGEST_WISH]
    plain = " ".join(_NOT_LETTERS.sub(" ", plain.lower().replace("_", " ")).split(" "))
    clauses = [clause for piece in _CLAUSES.split(plain) if (clause := " ".join(piece.split()).strip("-' "))]
    if not clauses:
        return OptWish.NONE
    if any(_matches(_STOP, clause) for clause in clauses) or _is_bare_stop(clauses, plain):
        return OptWish.STOP
    whole = " ".join(clauses)
    if _matches(_STOP, whole) or _matches(_BARE_STOP, whole):
        return OptWish.STOP
    first_starts = _matches(_START, clauses[0]) and all(_ONLY_SOFT.fullmatch(clause) for clause in clauses[1:])
    return OptWish.START if first_starts or _matches(_START, whole) else OptWish.NONE


def _matches(wish: re.Pattern[str], clause: str) -> bool:
    """Whether the clause is this wish, whole or after taking politeness and emphasis off both ends."""
    for _ in range(_TRIMMINGS):
        shorter = clause
        for _ in range(_TRIMMINGS):
            if wish.fullmatch(shorter):
                return True
            if not (trail := _TRAIL.search(shorter)):
                break
            shorter = shorter[: trail.start()]
        lead = _LEAD.match(clause)
        if not lead or lead.end() >= len(clause):
            return False
        clause = clause[lead.end() :]
    return False


def _is_bare_stop(clauses: list[str], plain: str) -> bool:
    """Tell a wish from a lone "stop": nothing else may be said, or what is said is about our writing."""
    for index, clause in enumerate(clauses):
        if _matches(_VAGUE_STOP, clause) and _OUR_WRITING.search(plain):
            return True
        if not _matches(_BARE_STOP, clause):
            continue
        others = clauses[:index] + clauses[index + 1 :]
        if all(_ONLY_SOFT.fullmatch(other) for other in others) or _OUR_WRITING.search(plain):
            return True
    return False
