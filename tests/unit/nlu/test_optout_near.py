"""Three hundred sentences that come near a wish for silence in words and are none: a false stop silences a customer."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

import pytest

from nlu.optout import OptWish, read_wish

ENGLISH = """stop sending it to the old address|don't message my wife, it's a surprise|leave me some ideas|unfollow|block print|delete the second one|stop, the first one was better|please stop the delivery, wrong address
stop recommending socks|quit showing me jewellery|no more socks please|enough candles, thanks|don't send me anything with nuts|don't send it before friday|don't send any more than two|please don't text her, text me
never mind|never mind the message|don't worry|don't wait for me|not that one|no, not him|don't tell him|don't write the price on it|don't print a message on the card|no message on the card|no message|without a message please
can you stop it from leaking|how do i stop the lid leaking|how do I stop the order|stop the order please|can you stop my parcel|end of year gift|the end of the world mug|end of story|dead end|it ends there
block the second card, it was stolen|pause my order|cancel the engraving|cancel it|cancel that|remove it|remove that one|remove the mug and send the rest|remove my last order|take that off|take it off|take me to the cheap ones|take my money
get me out of this mess, i forgot her birthday|let me be clear, i need blue|let me be honest, it's ugly|leave me the link|leave it at the door|leave the message blank|leave out the message|leave her a message|lose the bow
delete my address|delete my old number, use this one|delete my data|delete everything you know about me|forget the budget|forget it|forget that|turn off gift wrap|turn the lamp off|switch off timer lamp|mute swan ornament
a mute button for my husband|end table under 80|quit india history book|my notifications are off, did you reply?|did you get my message|did you stop replying?|why did you stop messaging me|why don't you message me back
you never message me back|you don't text me anymore, is my order lost?|you stopped answering|nobody messages me back|i don't get your messages|i can't see your messages|i didn't receive any messages|i haven't received any more messages
he doesn't text me anymore|she doesn't want me to message her|my boyfriend stopped texting me, cheer up gift?|he wants me to stop texting him|my mum never texts|i don't text much|i don't write much, a pen anyway?|i don't message strangers, are you real?
i don't want to bother you|sorry for bothering you|sorry to keep messaging|sorry for all the messages|am i spamming you|do you spam people|is this spam|are these messages automatic|who reads my messages|can i stop messages later if i want?
i don't want to stop|i don't want to unsubscribe|please don't unsubscribe me|don't stop messaging me|please never stop sending ideas|don't opt me out|i did not unsubscribe!|do not remove me from the list|don't take me off the list|don't leave me alone
keep the messages coming|keep messaging me|more messages please|send me messages|text me when it ships|message me later|dm me the price|write to me tomorrow|contact me when it's back|notify me|remind me tomorrow
stop me if you've heard this one|stop me when it gets expensive|stop at three|stop by tomorrow?|stop being so expensive haha|stop, hammer time poster|stop, look and listen sign|stop making me laugh|stop teasing and show me|stop wrapping it, i'll do it
i can't stop buying gifts|i can't stop texting her|i can't stop crying|i should stop spending|i want to stop drinking coffee|he needs to stop smoking|we want to stop biting nails, ideas?|help him stop snoring|make her stop worrying
something to make the dog stop barking|a sign that says no messages|a mug with stop texting me on it|a card saying leave me alone|my teen says leave me alone all day|he told me to stop messaging him|the shirt reads unsubscribe
don't contact the courier|don't contact me at the office, use home|don't message me before friday|don't email, just dm me|no emails please, message me here|don't call me, message me|stop calling me sir|no longer interested in the lamp
no longer want the blue one|not interested|not interested in that one|i'm not interested in gadgets|no need for wrapping|no need|no more ideas|no further questions|nothing else|nothing more|that's enough|enough said|i'm done|we're done here
unsubscribe my dad from the beer club|cancel my coffee subscription|how do I cancel my subscription to the wine club|opt out of gift wrap|i'd like to opt for the small one|mailing list signup?|add me to the list|what's on the list|list of messages for a card
i want out of this budget range|get lost in a maze gift|go away weekend bag|fuck me that's pricey|fuck off expensive lol is it really 90?|shut up that's adorable|silence of the lambs poster|quiet please sign|do not disturb sign|please do not disturb door hanger
spam recipe book|he likes spam|annoying gifts for my brother|a text message necklace|message board for the kitchen|dm for credit?|he's a dm in dungeons and dragons|contact lenses case|contact paper|a texting glove"""
SPANISH = """no me mandes más velas|no me mandes nada de perfume|no más tazas|basta de velas|deja de proponerme libros|para ya, ese es perfecto|para mi hermana|para de llover y vamos|no quiero más ideas|no quiero nada caro|no lo envíes a casa
no le escribas a mi mujer|no le mandes mensajes a mi madre, es sorpresa|borra el segundo|quita la taza de la lista|sácalo de la cesta|cancela el pedido|quiero cancelar|dejó de escribirme, está triste|mi ex no deja de escribirme
no deja de hablar de fútbol|no puedo parar de reír|déjame ver|déjame la azul|déjalo en la puerta|deja el mensaje en blanco|sin mensaje en la tarjeta|no hace falta mensaje|no hace falta|no te preocupes|alto ahí, quiero el otro
una taza que diga no me molestes|no me gusta|no me convence|no me dijeron nada del envío|no me llegó ningún mensaje|no recibo sus mensajes|ya no me escriben, ¿y mi pedido?|escríbeme mañana|mándame un mensaje cuando llegue|no paren, me encantan"""
FRENCH = """n'envoyez plus de bougies|plus de tasses|ne m'envoyez rien de cher|ne l'envoyez pas chez moi|n'écrivez pas à ma femme, c'est une surprise|ne lui envoyez pas de message|arrêtez la commande|arrête tes bêtises|supprimez le deuxième
retirez la tasse de la liste|enlevez le message|pas de message sur la carte|pas besoin de message|pas besoin d'emballage|je ne reçois pas vos messages|je n'ai reçu aucun message|il ne m'écrit plus, un cadeau pour me consoler|elle ne m'envoie plus de messages
laissez-moi voir|laissez-moi le bleu|laissez-le devant la porte|laisse tomber|fin de mois difficile|fin gourmet|fini de rire, combien ?|je veux arrêter de fumer|il veut arrêter de boire|n'arrêtez pas|ne vous arrêtez pas, j'adore
une tasse qui dit laissez-moi tranquille|écrivez-moi demain|envoyez-moi un message|je ne veux plus le rouge|je ne veux pas de bijoux|plus d'idées svp|plus grand|assez cher|stop, le premier était mieux"""
GERMAN = """keine Tassen mehr|schick mir keine Kerzen mehr|schickt mir keine Bücher|hör auf mit den Socken|schreib meiner Frau nicht|schreibt ihm bitte nicht, ist eine Überraschung|schickt es nicht an mich|lösch das zweite|nimm die Tasse von der Liste
stoppt die Bestellung|stoppen Sie die Lieferung|ich kriege keine Nachrichten|ich habe keine Nachricht bekommen|keine Nachricht auf der Karte|ohne Nachricht bitte|er schreibt mir nicht mehr|meine Freundin schreibt mir nicht mehr, was tun|ihr schreibt mir nicht mehr, wo ist mein Paket
schreib mir morgen|schreibt mir wenn es da ist|melde dich morgen|ich melde mich wieder|ich melde mich morgen|ich melde mich|Schluss mit teuer|es reicht für zwei|reicht das bis Freitag|Ende gut alles gut|lass mich das blaue sehen|lass mir den Link da
hör nicht auf|hört nicht auf zu schreiben|er kann nicht aufhören zu stricken|mit dem Rauchen aufhören|ein Schild mit bitte nicht stören|kein Interesse|kein Interesse an Schmuck|ich brauche nichts mehr|nichts mehr, danke|nicht mehr als 20 Euro"""
ITALIAN = """basta tazze|non mandarmi candele|smettila di propormi libri|non scrivete a mia moglie, è una sorpresa|non mandatelo a casa|togli il secondo|cancella l'ordine|annulla l'ordine|non mi ha più scritto|il mio ragazzo non mi scrive più|lasciami vedere
lasciatelo al vicino|non ricevo i vostri messaggi|nessun messaggio sul biglietto|scrivimi domani|non smettere|vuole smettere di fumare|basta così|non voglio niente di caro|non mi piace|non mi serve il pacchetto"""
PORTUGUESE = """chega de canecas|não me mande velas|pare de sugerir livros|para o meu pai|não escreva para a minha mãe|não mandem para casa|tire o segundo|cancela o pedido|ele não me escreve mais|não recebo as vossas mensagens|sem mensagem no cartão
me escreve amanhã|me deixa ver|ele não para de falar|não parem, adoro|quer parar de fumar|não quero mais nada caro|não gostei|não precisa de embrulho|fim de semana"""


def phrases(block: str) -> list[str]:
    return [phrase for line in block.splitlines() for phrase in line.split("|")]


NEAR = [near for block in (ENGLISH, SPANISH, FRENCH, GERMAN, ITALIAN, PORTUGUESE) for near in phrases(block)]


@pytest.mark.parametrize("text", NEAR)
def test_words_near_silence_leave_the_shopper_answered(text: str) -> None:
    """Things turned away, orders cancelled, others spoken of, complaints that nobody writes: none asks for silence."""
    assert read_wish(text) is OptWish.NONE
