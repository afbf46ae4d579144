"""Three hundred ways of saying stop, each built differently: polite, angry, formal, slangy, with slips, with reasons."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

import pytest

from nlu.optout import OptWish, read_wish

ENGLISH = """Would you be so good as to stop contacting me?|I'd rather not hear from you guys again|pls no more dms k thx|stop blowing up my inbox|kill the notifications would ya
Take my handle off whatever list this is|can y'all quit texting me already|i want these messages gone|i want this to end now, no more texts|Cease all further communication.
I do not wish to receive your promotional messages any longer|please could you not send me any more of these|you can take me off your list now, cheers|enough with the spam already!!
why do you keep writing to me?? stop it|got what i needed, no need to text me any more|already bought something so please dont message anymore|this is getting annoying please stop with the messages
stahp messaging me lmao|im begging u stop texting me|i am not interested in receiving messages from you|Please ensure I am removed from your mailing list|kindly delete me from your contacts
leave me tf alone|mute me|block me pls, i dont want these|i've asked three times now. stop contacting me.|Do not reply to this. Do not message me again.|nobody asked, stop spamming
how do I get off this list?|what do i have to do to stop these messages|where do I opt out|is there any way to turn these dms off|tell me how to unsubscribe from this|i need you to stop texting me
not a customer, never was, remove me please|Thank you for your help but I don't need any further messages|stop 2 end|STOP ALL MESSAGES NOW|no txts plz, unsub|unsubscibe|unsuscribe me pls|plese stop mesaging me
hey um could you maybe not message me anymore? sorry|🛑 no more dms|stop ✋|🚫 messages|✋🛑|no more notifications from this account|i'd appreciate no further contact|I shall not be needing any more messages
u can stop messaging now i found a gift|quit bugging me ok|i dont want any messages from bots|don't ever contact me via DM again|please refrain from contacting me in future|i hereby opt out of all messages
didnt ask for these dms, get me out|i never gave you permission to message me|consent withdrawn|you don't have permission to contact me|i'm out, take me off|stop with all these texts it's too much
stop texting me i already bought something|i found a gift already stop messaging me|wrong number stop texting|ugh stop messaging me its 3am|if you message me again i will report you|please do not disturb me any further"""
SPANISH = """dejad ya de escribirme, por favor|Por favor, eliminen mi contacto de su lista|no quiero que me sigan escribiendo|no me hables más|no me contacten de nuevo|ya no me interesa recibir sus mensajes
quisiera dejar de recibir estos mensajes|¿cómo dejo de recibir mensajes?|como hago para darme de baja|quiero cancelar mi suscripción|Solicito la baja inmediata|les pido que no me vuelvan a contactar|stop con los mensajes
dejen de enviarme promociones|basta ya de tanto spam|no más notificaciones, gracias|no necesito más mensajes, ya compré|ya tengo el regalo, no hace falta que me escriban más|no hace falta que me sigáis escribiendo
me estáis molestando, dejadme tranquilo|dejame tranquilo de una vez|parad ya, no quiero más mensajes|para de mandarme mensajes tío|no mandes mas|no me mandéis nada más|no escribas mas|no escribáis más por favor
quítame de tu lista de difusión|saquenme de su base de datos|borra mi número y no me escribas|bloqueame|no autorizo que me sigan contactando|revoco mi consentimiento|deseo que cesen los mensajes|que paren los mensajes ya
desuscribir|desuscríbeme|cancelen mi suscripcion a estos mensajes|ni un mensaje más|estoy harta de sus mensajes|qué pesados, dejad de escribir|me tienen harto con los mensajes, paren|no me molesten
Buenas tardes, ruego que dejen de contactarme. Un saludo|preferiría no recibir más mensajes|agradecería que no me enviaran más mensajes|favor de no enviar más mensajes|no enviar más mensajes|no contactar más
chao, no me escriban más|porfis ya no me manden msjs|ya dije que no me escribieran mas|cuántas veces tengo que decir que no me escriban|eres un bot pesado, déjame en paz|🛑 no más|stop stop no mas mensajes
lárgate bot|apaguen las notificaciones por favor|desactivar mensajes|detengan los mensajes|silencio, no me escribas mas|no quiero mensajes suyos|no deseo seguir recibiendo notificaciones|dejen en paz mi bandeja de entrada"""
FRENCH = """Pourriez-vous cesser de m'écrire ?|je ne souhaite plus être contactée par vous|arrêtez de me relancer|stoppez vos messages|arrête de m'envoyer des trucs|plus de mp, merci|mettez fin à ces messages
je vous prie de ne plus m'envoyer de messages|j'aimerais ne plus recevoir vos messages|je préfère ne plus être contacté|ne plus me contacter svp|ne pas me contacter|inutile de m'écrire à nouveau|plus la peine de m'écrire
vous n'avez plus besoin de m'écrire, j'ai trouvé|j'ai trouvé mon bonheur, plus besoin de messages|c'est bon arrêtez|arretez svp|arreter les messages|arret sms|comment je me désabonne ?|comment faire pour ne plus recevoir vos messages
comment arrêter ces messages|je voudrais être retirée de votre liste|retire moi de ta liste|sortez moi de vos listes|supprimez mon numéro de votre fichier|effacez mes coordonnées et ne m'écrivez plus|je résilie mon abonnement à vos messages
désabonnement svp|desabonez moi|desinscription immédiate|je retire mon accord, ne me contactez plus|je n'ai pas donné mon accord pour ces messages|je m'oppose à recevoir vos messages|oubliez-moi|foutez-moi la paix avec vos dm
lâchez-moi la grappe|laisse moi tranquille le bot|dégage de mes dm|vous me saoulez, arrêtez de m'écrire|vous me harcelez, stop|c'est du harcèlement, cessez de m'écrire|marre de recevoir vos messages|y'en a marre de vos pubs
stop pub|stop spam|stop à vos messages svp|halte aux messages|fini les messages svp|plus un seul message|assez de messages|aucun message svp, je ne veux plus rien|tu peux arrêter de m'écrire stp|t'écris plus stp, stop les dm
m'écris plus|m'envoie plus de messages|n'envoyez plus rien|n'écrivez plus à ce compte|merci de stopper les envois|merci de cesser tout envoi|veuillez cesser toute communication|bloquez-moi|désactivez les notifications|je ne désire plus de contact"""
GERMAN = """Könnten Sie bitte aufhören, mir Nachrichten zu senden?|hör bitte auf mir zu schreiben|hört endlich auf mit dem Spam|Lassen Sie mich in Frieden|schreibt mich nicht mehr an|schreib mich nie wieder an
bitte nicht mehr kontaktieren|bitte keine DMs|keine Nachrichten mehr von euch bitte|ich brauch keine nachrichten mehr|ich will von euch nichts mehr hören|ich möchte nichts mehr von Ihnen bekommen|Ich wünsche keinen weiteren Kontakt
ich möchte keine werbung mehr von euch bekommen|nehmt mich bitte von der liste|Bitte entfernen Sie mich aus Ihrem Verteiler|tragen Sie mich bitte aus|trag mich aus|meld mich ab|bitte melden sie mich vom newsletter ab|ich melde mich hiermit ab
ich will raus aus dem verteiler|wie kann ich mich abmelden?|wie melde ich mich ab|wo kann ich die Nachrichten abbestellen|wie stelle ich diese Nachrichten ab|Nachrichten ausschalten|stell die nachrichten ab
stellt die Benachrichtigungen ab bitte|schaltet den bot ab|Bitte stellen Sie das Senden von Nachrichten ein|Unterlassen Sie bitte jede weitere Kontaktaufnahme|ich untersage Ihnen jede weitere Kontaktaufnahme|hiermit widerrufe ich meine einwilligung
Ich habe nie zugestimmt, keine Nachrichten mehr|löschen Sie meine Nummer aus Ihrer Kartei|lösch mich bitte aus der liste|stopp die nachrichten|STOP bitte keine DM|stop mit dem gespamme|Schluss mit dem Spam|jetzt reichts, keine DMs mehr
geht mir nicht mehr auf den sack, hört auf|du nervst, lass mich in ruhe|ihr nervt, hört auf mit den nachrichten|habe schon was gefunden, ihr müsst mir nicht mehr schreiben|Hab schon ein Geschenk danke, bitte nichts mehr schicken
bitte schickt mir keine weiteren angebote und nachrichten|nie wieder schreiben bitte|nicht mehr schreiben!!|schreibt nicht mehr|sende mir nichts mehr|keine mails und dms mehr|nix mehr schicken bitte|verschont mich mit euren Nachrichten
ich hab die schnauze voll von euren nachrichten|verpiss dich bot|blockiert mich|ich möchte nicht mehr von Ihnen angeschrieben werden|möchte keine Nachrichten mehr|will keine nachrichten|kein Interesse mehr, bitte austragen|aufhören bitte
beendet den Kontakt|bitte in Zukunft keine Nachrichten mehr|ab jetzt keine nachrichten mehr|haltet die klappe und lasst mich in ruhe|bitte kene Nachichten mehr"""
ITALIAN = """potete smettere di scrivermi?|per favore smettila di mandarmi dm|non voglio essere più contattata|non desidero ricevere altre comunicazioni|vorrei non ricevere più messaggi|preferirei non ricevere altri messaggi
basta con gli sms|basta spam|non scrivermi|non mandarmi più messaggi|non inviatemi più niente|non mi contattate più per favore|non mi serve più niente, non scrivetemi|non c'è bisogno che mi scriviate ancora
come faccio a non ricevere più messaggi|come mi disiscrivo?|come mi cancello dalla lista|voglio cancellare l'iscrizione|annullate la mia iscrizione|mi tolga dalla lista|toglimi dalla tua lista|eliminate il mio numero|mi volete lasciare in pace?
sono stufa dei vostri messaggi|avete rotto con questi messaggi|smettila, bot|disattivare i messaggi|disattivate le notifiche|bloccatemi|lasciami perdere bot|revoco il consenso ai messaggi|ho già comprato, basta messaggi
chiedo di non essere più contattato|vi chiedo di cessare ogni comunicazione"""
PORTUGUESE = """podem parar de me escrever?|pare de me mandar msg pfv|não quero mais receber nada de vocês|não desejo ser contactada|prefiro não receber mais mensagens|gostaria de deixar de receber mensagens|deixem de me escrever
parem com o spam|chega de dm|sem mais mensagens por favor|não me mande mais nada|nao manda mais msg|não escrevam mais|não enviem mais mensagens|não precisam mais me escrever, já comprei|como faço para sair da lista?|como cancelo isso, não quero mais mensagens
quero cancelar a inscrição|me remova da lista de contatos|apaguem o meu número da vossa lista|tira meu nome da lista|me bloqueia|me deixa em paz bot|estou farta das vossas mensagens|retiro o meu consentimento
desativem as notificações|parem as mensagens|já pedi para pararem de me escrever|vão embora, não me escrevam|não me chateiem mais|não me incomodem"""
MIXED = """hola, please stop messaging me|stop bitte, no more messages|hey, no me escribas más pls|stop les messages please|basta, no more dms|bitte stop texting me|please no mas mensajes|unsubscribe por favor|merci de unsubscribe me|stop dm grazie"""


def phrases(block: str) -> list[str]:
    return [phrase for line in block.splitlines() for phrase in line.split("|")]


WAYS = [way for block in (ENGLISH, SPANISH, FRENCH, GERMAN, ITALIAN, PORTUGUESE, MIXED) for way in phrases(block)]


@pytest.mark.parametrize("text", WAYS)
def test_however_it_is_built_a_wish_for_silence_is_obeyed(text: str) -> None:
    """Who asks for silence in their own words must not get one message more."""
    assert read_wish(text) is OptWish.STOP
