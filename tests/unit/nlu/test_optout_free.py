"""Free ways of saying stop, in the languages shoppers write; wrapped in anything, obeyed; told of others, not."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.optout.wishes import OptWish, read_wish

ENGLISH = """please take my account off your messaging list|I do not want to be contacted by you any longer|no longer interested, please stop the messages
Could you please remove me from the list? Thanks|stop sending me stuff|STOP STOP STOP|Unsubscribe!!!|i never signed up for this, take me off
i never asked for these messages|why do you keep messaging me? stop|please stop all communication with me|stop all messages|cease all contact
do not contact me via DM again|you're annoying, leave me alone|this bot is annoying, please leave me alone|I'm blocking you if you message me again
get me off this list|no more of these messages|delete me from your list please|please no more dms from this account
not interested. do not message again.|don't ever text me again|I've had enough of your messages|I don't need any more messages thank you
thanks for your help, no more messages needed|thx but no more msgs needed|please halt all messages|pls unsub|unsub me|can u stop msging me
can you guys stop messaging me lol|quit spamming me|leave me in peace|I'd like to stop receiving these messages
I would like to stop getting DMs from you|how can i stop these messages|how to unsubscribe|how do i make this stop|make these messages stop please
turn off notifications|end this conversation and don't message me again|i opted out last week, stop|I already unsubscribed. Stop messaging.
remove my number from your system|block me|please don't reach out again|no need to message me again
you don't need to message me anymore, i bought something|please cancel all future messages|i want out|I want to be removed from your list
I wish to opt out of all communications|do not send me any further communication|stop w the messages|bye, dont contact me
Hello, I would be grateful if you could stop sending me messages.|it would be great if you stopped messaging me
would you mind not messaging me anymore|please stop bothering me at work|I am not your customer, stop writing
kindly unsubscribe me from all future DMs|stop contacting me immediately or I will report you"""
GERMAN = """keine DM mehr|bitte nicht mehr schreiben|bitte schreibt mir nicht mehr|Hört auf mich anzuschreiben|könnt ihr bitte aufhören mir zu schreiben
nehmt mich aus dem Verteiler|ich will keine Werbung|ich möchte von euch keine Nachrichten mehr erhalten|Bitte streichen Sie mich von Ihrer Liste
lasst mich in frieden|kontaktiert mich nicht mehr|Ich bin nicht interessiert, bitte keine weiteren Nachrichten|Stoppt die Nachrichten|Bitte stoppen
nervt nicht|hört auf zu nerven|Bitte lösche mich aus deiner Liste|keine weiteren dms bitte!!|bitte unterlassen Sie weitere Nachrichten
Ich habe kein Interesse mehr, bitte keine Nachrichten schicken|schick mir nichts mehr"""
FRENCH = """stop de m'écrire|svp arrêtez les messages|arrêtez de m'envoyer des pubs|je souhaite me désinscrire|je ne souhaite plus être contacté
merci d'arrêter de m'écrire|Merci de ne plus m'écrire|merci de ne plus me contacter|arrête tes messages|plus aucun message svp
enlevez-moi de votre liste|retirez moi de la liste de diffusion|j'en ai marre de vos messages|laissez moi|stop les messages
je veux plus recevoir vos messages|je ne veux plus rien recevoir de vous|ne m'écrivez plus jamais|pitié arrêtez"""
SPANISH = """no me manden más mensajes|dejen de molestar|por favor no me escriban|no quiero recibir más mensajes|quiero que dejen de escribirme|ya no me escriban
ya basta de mensajes|parad de escribirme|para de escribirme|dejad de mandarme mensajes|no me contactes más|cancelar suscripción|sáquenme de la lista
sácame de esta lista|elimíname de tu lista|no deseo recibir mensajes|no me interesa, no me escribas más|dar de baja|baja|no más mensajes por favor
stop mensajes|deseo darme de baja|¡Basta ya!"""
ITALIAN = """smettetela di scrivermi|non mi scrivete più|non voglio più ricevere messaggi|basta messaggi grazie|vi prego di non scrivermi più
toglietemi dalla lista|rimuovetemi dalla vostra lista|cancellatemi dalla lista|non contattarmi più|non mandatemi più nulla|disiscrivetemi
come faccio a disiscrivermi|smettila con questi messaggi|fermate i messaggi|lasciatemi stare|non disturbatemi più"""
PORTUGUESE = """não me escrevam mais|parem de me enviar mensagens|pare de me mandar mensagens|não quero mais receber mensagens|me tirem dessa lista
me remove da lista por favor|quero sair da lista|cancelar inscrição|não me mandem mais nada|não quero mais mensagens|me deixem em paz
chega de mensagens|por favor parem|remover da lista|não entrem mais em contato|não entre mais em contato comigo|para com essas mensagens"""
MIXED = """i asked you to stop already|take me out of your contacts|I don't want your messages|do not disturb me anymore
please, no more.  these messages are too much|stop this spam|stop it with the messages|stop your messages|dont wanna hear from u anymore
i have already asked you to stop messaging me|Please be so kind as to stop contacting me|end|I no longer want to receive DMs|never contact me again
could you not message me anymore please|plz dont send msgs|you keep messaging me, stop|let's end this, don't text me|how do I turn this off
i do not consent to these messages|I didn't consent to this|pls leave me be|quit it with the dms|too many messages, unsubscribe me
Please discontinue sending me messages|don't send me anything ever again|no more contact please|why am I getting these? remove me
not for me, please unsubscribe|Ich möchte keine weiteren Nachrichten erhalten|bitte keine weiteren Nachrichten|hört auf|bitte abmelden
Lassen Sie mich bitte in Ruhe|schreibt mir bitte nie wieder|ich will nicht mehr angeschrieben werden|melden Sie mich bitte ab|Nachrichten abbestellen
keine Werbung mehr an mich|Schreiben Sie mich nicht mehr an|ich hab genug von euren Nachrichten|Schluss jetzt mit den DMs
ich möchte nicht mehr kontaktiert werden|löscht mich aus eurer Liste|arrêtez de me contacter svp|stop aux DM|je ne veux plus de messages
ne m'envoyez plus de messages|plus de messages merci|arrête de m'envoyer des messages|veuillez me désabonner|désinscrivez-moi de votre liste
Veuillez ne plus me contacter.|laissez-moi en paix|je me désabonne|j'ai dit stop|ne me contactez plus jamais|je voudrais me désabonner svp
arrêtez de me spammer|vos messages m'énervent, arrêtez|ya no quiero recibir sus mensajes|no me envíen más mensajes por favor|dejen de mandarme cosas
denme de baja|basta de escribirme|no me molesten más|para ya con los mensajes|por favor, dejad de enviarme mensajes|elimínenme de la lista|paren ya
no quiero saber nada más de ustedes|déjame tranquila|ya no me manden nada|non voglio più messaggi|smettila di mandarmi messaggi|per favore smettete
non voglio essere contattato|basta scrivermi|non inviatemi altri messaggi|vorrei cancellarmi dalla lista|lasciami in pace per favore|fermatevi
cancella la mia iscrizione|niente più messaggi grazie|parem de me escrever|não me envie mais mensagens|por favor não me mande mais mensagens
não quero receber mensagens|pode parar de me mandar mensagem|me descadastrem|me tira dessa lista|quero me descadastrar|deixem-me em paz
chega, não me escrevam|não desejo receber mais mensagens|para de me escrever|retirem meu número da lista"""
ORDINARY = """stop sending me candle ideas, send books|please don't contact me by phone, dm is fine|don't message me until friday|no messages on the card please
leave me the small one|could you stop the engraving before it ships|can i stop the order|remove it from my basket|take me to the checkout
take it off my list|i don't want any more candles|no more messages from her please lol|she told me to leave her alone, what gift says sorry
my girlfriend said stop messaging me, i need an apology gift|he goes "stop texting me" so now i need flowers|she wrote: leave me alone
a card that reads leave me alone|"go away" doormat|keine kerzen mehr|ich will keine Kerzen|lass mich überlegen|bitte keine Parfums
hör auf mit den kerzen|plus de bougies|je ne veux plus de bougies|arrête avec les mugs|no quiero más tazas|no más velas|para mi madre
para mi novio, deja de fumar|basta candele|non voglio candele|para a minha mãe|não quero velas|chega de velas
stop, drop and roll poster|no more massages, she has a voucher|something "unsubscribe" printed on it|my ex keeps texting me|he never texts me back, funny gift?|alone in the house, cosy gifts
contract signing gift|she writes to me every day, a pen|list of ideas please|take me through the options|leave me two options|get me the blue one|forget the mug|enough about him|basta pasta maker|baja la luz, una lampara
alto y delgado, talla L|fin de semaine romantique|ich schreibe eine Karte|er schreibt gern|elle écrit des messages, un stylo|non so cosa scegliere|scrivimi quando arriva|não sei o que escolher|me mande mais ideias|mándame más ideas
envoyez-moi plus d'idées|schick mir mehr Ideen|mandami altre idee|quiero dar de baja un artículo|cancelar mi pedido|annuler ma commande|he stopped, then started again|the end is nigh t-shirt|pause button cushion"""


def phrases(block: str) -> list[str]:
    return [phrase for line in block.splitlines() for phrase in line.split("|")]


WISHES = [wish for block in (ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN, PORTUGUESE, MIXED) for wish in phrases(block)]


@pytest.mark.parametrize("text", WISHES)
def test_a_free_wish_in_any_language_is_obeyed(text: str) -> None:
    """Nobody has to know the word STOP."""
    assert read_wish(text) is OptWish.STOP


@pytest.mark.parametrize("text", phrases(ORDINARY))
def test_words_near_a_wish_silence_nobody(text: str) -> None:
    """A shopper silenced by mistake waits for an answer that never comes."""
    assert read_wish(text) is OptWish.NONE


PLAIN_WISHES = [
    "stop messaging me", "unsubscribe", "don't text me again", "leave me alone", "remove me from your list", "no more messages", "stop sending me messages",
    "hört auf mir zu schreiben", "keine Nachrichten mehr", "arrêtez de m'écrire", "laissez-moi tranquille", "no me escriban más", "dejen de escribirme", "non scrivetemi più",
    "basta messaggi", "parem de me mandar mensagens", "me deixem em paz",
]  # fmt: skip
BEFORE = [
    "",
    "please ",
    "Hi, ",
    "ok ",
    "sorry but ",
    "Thanks, but ",
    "😡 ",
    "for the last time: ",
    "I found one. ",
    "  ",
    "bitte ",
    "por favor, ",
    "merci, ",
]
AFTER = ["", "!", "!!!", ".", " please", ", thanks", " 🙏", " now", "...", "\n", " ffs", ", grazie", " 😤😤", ". Bye"]


@given(st.sampled_from(PLAIN_WISHES), st.sampled_from(BEFORE), st.sampled_from(AFTER), st.sampled_from([str, str.upper, str.lower, str.title]))  # fmt: skip
def test_politeness_case_emoji_and_marks_do_not_hide_a_wish(wish: str, before: str, after: str, cased: object) -> None:
    """People shout, thank, swear and decorate; the wish stays the same."""
    assert callable(cased)
    assert read_wish(cased(before + wish + after)) is OptWish.STOP


TOLD = [
    "she said {}", "my ex told me: {}", 'he shouted "{}" and left', "a mug that says {}", 'a shirt with "{}" on it', "she goes, {}, every time", "{}, she said", "sie sagte, {}",
    "elle a dit: {}", "me dijo: {}", "mi ha detto: {}", "ela disse: {}", "my sister wrote, {}",
]  # fmt: skip


@given(st.sampled_from(PLAIN_WISHES), st.sampled_from(TOLD))
def test_what_somebody_else_said_is_nobodys_wish(wish: str, frame: str) -> None:
    """A card, a quarrel, a funny mug: the shopper wants a gift, not silence."""
    assert read_wish(frame.format(wish)) is OptWish.NONE


@given(
    st.sampled_from(["stop suggesting {}", "stop showing me {}", "no more {}", "don't send me {}", "enough of the {}", "keine {} mehr", "plus de {}", "no más {}", "basta {}", "chega de {}", "cancel the {}", "remove the {}"]),
    st.sampled_from(["candles", "mugs", "Kerzen", "bougies", "velas", "candele", "socks", "second one", "blue ones", "perfume", "books"]),
)  # fmt: skip
def test_turning_a_thing_away_is_no_wish_for_silence(frame: str, thing: str) -> None:
    """No more candles is not no more messages."""
    assert read_wish(frame.format(thing)) is OptWish.NONE


@given(st.sampled_from(["unsubscribe", "messages", "messaging"]), st.integers(1, 8), st.booleans())
def test_a_slip_of_a_letter_does_not_hide_a_wish(word: str, at: int, doubled: bool) -> None:
    """Angry people type fast."""
    at = min(at, len(word) - 2)
    slipped = (
        word[:at] + word[at] * 2 + word[at + 1 :] if doubled else word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    )
    frames = {"unsubscribe": "{} me", "messages": "no more {}", "messaging": "stop {} me"}
    assert read_wish(frames[word].format(slipped)) is OptWish.STOP


def test_the_door_reads_a_message_in_well_under_a_millisecond() -> None:
    """It stands before everything else; the bound is ten times what it takes."""
    texts = [*WISHES, *phrases(ORDINARY)]
    began = time.process_time()
    for text in texts:
        read_wish(text)
    assert (time.process_time() - began) / len(texts) < 0.001
