"""Hundreds of sentences that come near a wish for silence in words and are none: a false stop silences a customer."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

import pytest

from nlu.optout.wishes import OptWish, read_wish

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
MORE = """i can't stop looking at the blue one|don't send me the link, i have it|stop sending the same three mugs|no more suggestions, i'll take it
can you stop asking about the budget|stop asking me questions|stop repeating yourself|stop apologising|don't ask me again|don't show me this again
don't send any perfume|never send flowers to her|don't include my name|don't forget to message me|don't forget to send it|please don't forget me
don't leave me waiting|i don't want to wait|i don't want to miss your messages|i don't want to see candles|i don't want this one|i don't want these
i don't want it anymore|i want to stop the order|i want to return these|i no longer want the mug|no longer needed|remove it please
remove these from my basket|take these off|delete this one|cancel these|cancel all of it|cancel everything|cancel my last order please|end of june
leave it|leave it there|leave me your number|leave her name off|get me something nice|get it out for delivery|is there a way to stop it scratching
how do i turn it off|how do i turn the light off|it turns itself off|does it text me when delivered|will you message me|you can message me
please write to me|please message my sister not me|not me, message my sister|send the messages to my sister|can you message her instead
he hates messages|he gets too many messages|my mum can't text|she wants no more stuff|my wife said no more gifts|my dad says stop spending
don't write anything on the card|no text on the card please|no writing please|without text|no engraving|no notifications came
i turned off notifications|i muted you by accident|i blocked the wrong account|did i unsubscribe by mistake?|am i on the list
why am i not getting messages|are you going to stop at some point lol|you never stop do you|never stopped loving it|i'll stop here|let's stop there
stop there|stop right there, that's it|ok stop, go with the second|full stop|one more thing before i stop|stopped working
it stopped working after a day|quit my job today|no thanks, not for me|no thank you|nah|not now|not now thanks|later|maybe another time|bye|i give up
forget it, too expensive|enough is enough, what's the total|that's enough for today|no me envíes eso|no me lo mandes|no lo mandes más tarde
no me gusta ese, otro|ya no lo quiero|no quiero eso|no quiero más|quita eso|para eso no|para cuándo llega|deja, ya lo encontré|deja de enseñarme tazas
baja un poco el precio|más baja|alto y fuerte|ne l'envoyez pas|ne m'envoyez pas ça|je n'en veux plus|arrête, c'est trop cher|enlève ça|retirez-le
plus cher|pas plus de 20 euros|laisse-moi réfléchir|fin de semaine|j'arrête là|schick das nicht|schick mir das nicht|ich will das nicht mehr
ich will nicht mehr suchen|nicht das|weg damit|nimm das raus|hör mal|ich höre gern Musik|lass es|lass mal sehen|Ende Juni|das reicht
es reicht mir bis Freitag|non mandarlo|non lo voglio più|basta, prendo questo|lascia stare|togli questo|fermati al secondo|não quero esse
não mande isso|para já é só|deixa ver|tira isso|chega amanhã?|quando chega|mensagem no cartão|i'd like a card that says thanks for the messages
she blocks everyone who texts her|i lost my phone number list, can you resend?|not talking to my ex, so no couple stuff
she's out of my league, gift ideas?|out of everything you showed i like the lamp|off to work now|get off topic for a sec, do you sell maps
take me back to the first|take me to your best sellers|keep me posted|keep me on the list|leave me out of it, it's from the kids
leave my name off the card|drop my name from the label|remove my name from the card|delete my message|delete my last message|delete my data please
erase my history|what data do you have on me|forget what i said|i wish you had more colours|i wish to order two|i want to be notified
i'd rather not spend more|i'd rather not pay shipping|i'd prefer not to wait|i don't need it gift wrapped|i don't need messages on it
i don't want anything engraved|i don't want anything|i don't want anything else|i don't like these|i don't like any|don't want these ones|not these
none of these|no this one|no, these|no more of these please|no more of these ideas|enough of these|enough of this style|enough ideas thanks
enough for today|tired of the same gifts|sick of socks, what else|bored of these, next|fed up with candles|done with mugs, show books|over the mugs now
cancel me the engraving|cancel the message|cancel the card message|change the message|end of the list?|end date for the sale|pause for a second
block of chocolate|mute colours please|turn off the music box?|switch off the light lamp|shut down computer joke mug|silence is golden print
silent clock|quiet drone|please be quiet about it, it's a surprise|do not tell her|do not ring the bell|do not knock|do not disturb|do not bend
never been better|never again|never heard of it|no way|no idea|no clue what to get|no rush|no worries|no contact gift for a germaphobe
no spam, just ham hamper|no strings attached|no text needed|no more than 3|no longer in stock?|no longer working|without messages printed on it
opted for the red|how do i opt in for offers|how do i get offers|how do i stop my dog eating it|how to stop a toddler crying on a plane gift
what stops it rusting|stop start watch|stop worrying|stop joking|stop kidding|stop lying|stop trying to sell me candles|stop pushing the mugs
stop suggesting stuff|stop showing me stuff|stop recommending me these|stop giving me the same|stop with the candles|stop with the jokes
stop for a second|stop a minute|stop after three|stop, wrong one|stop i meant blue|stop no i meant the other|wait stop, add one more
they blocked me lol, apology gift|i blocked my ex, self care gift|i reported the courier|report a problem|unsubscribe box for dogs lol
i am on your mailing list, discount?|put me back on the list|he is in my contacts|contact me|contact details?|can i contact you by phone
who do i contact|please contact my husband|mensajes de amor para imprimir|un cuadro con mensaje|no quiero que sepa que es mío
no quiero que le digan nada|no me digas que está agotado|no me digas el precio|no me avisaron|nunca me contestan|nunca me escriben
ya no está disponible|ya no me gusta|ya no hace falta|ya no quiero eso|ya no mandan a Chile?|no mandan a Chile?|no envíen el paquete hoy
no envíes nada a mi casa|no manden factura|deja de llover|para|para ella|para él no, para ella|basta con dos|baja calidad|de baja calidad
está de baja en el trabajo, regalo|mi padre está de baja|quita la música|saca otra idea|elimina la segunda|cancela eso|bloqueador solar
plus de messages pour la carte ?|plus d'options|plus tard|pas ça|pas celui-là|je ne veux rien d'autre|je ne veux rien de cher
je ne sais pas quoi offrir|elle ne veut plus de bijoux|il ne veut plus me parler|ne lui dites rien|ne dites rien à ma femme|n'oubliez pas le message
n'oubliez pas de m'écrire|arrêt de bus|arrêtez-vous à trois|fini les mugs|assez d'idées|ça suffit les mugs|retirez-moi le deuxième
enlève-moi ça du panier|sors-moi autre chose|laisse-moi deux minutes|laissez-moi le choix|annulez ma commande|résilier|keine Ahnung|keine Zeit
keine Eile|keine davon|keine Werbung im Paket bitte|nichts davon|nichts für mich|nicht mehr lieferbar?|nicht mehr nötig|nicht schlecht
das will ich nicht mehr|ich brauche das nicht mehr|ich will nicht mehr zahlen|schreibt mir den Preis|schreib mir nicht auf Englisch
schickt mir das nicht nach Hause|schickt keine Rechnung mit|lasst mich mal überlegen|lass uns aufhören|ich höre auf zu rauchen|er hört auf zu arbeiten
genug Tassen|genug gesehen|aus|weg|raus damit|nimm mich mit|melde mich morgen|meld dich|ich melde mich bei euch|trag das in die Liste ein
stell mir was zusammen|ruf mich an|blockflöte|basta così grazie|basta idee|non ora|non adesso|non mi dire|non mi chiamo Anna|non dirlo a mia moglie
non ho ricevuto messaggi|non mi arrivano i messaggi|non mi rispondete più|togli il primo|toglimi un dubbio|cancella tutto|annulla tutto|lascia perdere
não gosto|não diga nada a ela|não me diga|não recebi nada|não recebo mensagens|não me respondem|tira uma dúvida|tira-me uma dúvida|me tira uma dúvida
chega bem|chega até sexta?|deixa pra lá|deixa comigo|sai quando?|pare de brincar|cancela tudo"""
MORE_STILL = """i found a mug already show me something else|i bought one already where is it|i already told you no candles|you keep showing the same things stop it
you keep sending me the wrong mug|you sent me the wrong parcel stop|please stop the parcel|stop the parcel please|stop the delivery now
stop charging me|stop charging my card|please stop charging me every month|stop overcharging|stop taking money from my account|stop billing me
stop adding things to my basket|stop adding candles|stop asking for my email|stop calling me mate|stop talking nonsense|stop guessing|stop searching
stop the search|stop the music|stop looking|stop shopping for me|i will stop messaging you now|i'll stop bothering you|let me stop you there
stop you there, wrong name|can i stop you for a second|before i stop, one question|why did you stop|did you stop|are you stopping
have you stopped sending catalogues|do you send messages|do you send updates|will i get updates|send me updates|send updates to my phone|i want updates
i want notifications|i want messages|i want more messages like this on cards|i like your messages|i love your messages|thanks for your messages
your messages are funny|your messages are great|i missed your messages|my messages aren't sending|my messages don't go through|messages aren't loading
no messages from the courier|no updates on my order|no updates yet|no update yet?|no news?|any news?|any updates|no offers on candles?|no discounts?
no promo code|the promo code doesn't work|promotions end when|when do the offers end|offers end today?|do the offers stop today|i don't get the offers
i don't see any offers|i didn't get the newsletter code|newsletter discount|newsletter code|the list|my list|make a list|list please
off the list of ideas, which is best|out of the list i like the third|out of these the blue|out of stock|off white|get off at which stop
get out of town gift|keep out sign|leave me hanging lol|don't leave me hanging|leave us a review?|leave a review|leave a note|leave a message
leave message with neighbour|leave alone time gift|alone|home alone mug|me and my list|remove my review|remove my photo|remove my card
remove my name please|remove all|remove everything|remove the lot|take my name off the card|take my name off the order|take me off hold
drop me a message|drop me a line|drop me at the cheap ones|hit me up|hmu with ideas|text me|dm me|message me|write me|write me a poem
write to me in french|talk to me|talk to me about lamps|speak to me in english|don't speak english|i don't speak english|no speak english|no english
i don't talk much|i never text|i never write cards|i don't write well|can't write well|can't text right now|can't talk now|can't message now, at work
not now, busy|busy now|i'm at work|at work|you can write on the card love mum|you can stop by|you may stop the order|please end the call|finish|done
done thanks|i'm finished|over|over and out|it's over|game over mug|forget me not seeds|forget-me-not flowers|block heels|a blocked nose remedy
blocked drains|mute the sound|mute button|no sound|reporting a fault|report damage|permission slip holder|consent form|my consent for what?
i give permission|do you need my permission|i agree|agreed|i do not agree|i disagree|i refuse to pay|refuse delivery|prohibited items?
forbidden fruit tea|avoid nuts|avoid red|avoid anything scented|please avoid plastic|sick of waiting|tired of waiting|i've had enough of waiting
enough waiting|bored|too many options|too many messages on the mug|bot stop motion|no bot please, a human|stop the bot i want a person
i don't want to talk to a bot|i want a human not a bot|no me llega la información|no tengo información del pedido|más información por favor
no más información necesaria|quiero información|sin más, gracias|nada más, gracias|nada de velas|nada de eso|deja eso|dejadme ver otra
dejen el paquete fuera|dejen mensaje|para mi jefe|para la semana que viene|pare de sufrir|paren el envío|detengan el envío|cancelen el envío|no envíen
no lo envíen|no me cobren más|dejen de cobrarme|me quiero dar de alta|date de baja|salir de compras|quiero salir de dudas|me borraste el pedido
borra mi pedido|quita mi nombre de la tarjeta|prohibido fumar cartel|ya vale, me quedo con ese|ya está|ya está bien así|je ne reçois rien
je n'ai rien reçu|rien de tout ça|plus rien à dire|plus d'infos svp|je veux des infos|envoyez les infos|arrêtez la livraison|arrêtez de me débiter
annulez la livraison|stop la commande|interdit aux chiens panneau|défense d'entrer panneau|retirez mon nom de la carte|je refuse le colis
finis les soucis|c'est fini ?|assez bien|laissez un message|laissez le colis|laisse moi un message|tu me conseilles quoi|tu m'aides|keine Info bekommen
keine Infos zum Paket|mehr Infos bitte|schickt mir Infos|schickt mir mehr|schick mir den Link nicht|nicht schicken, ich hole ab|nicht liefern
nicht senden bitte, ich hole es ab|stoppt den Versand|Versand stoppen|Lieferung stoppen|Bestellung stornieren|verboten gut|Rauchen verboten Schild
ich verzichte|ich verzichte auf Geschenkpapier|ich will aufhören zu rauchen|aufhören zu rauchen Geschenk|aus der Liste das dritte
von der Liste das zweite|streich das zweite von der Liste|ohne Werbung drauf|lass mich nicht hängen|lasst mich nicht warten|du sollst mir helfen
ihr sollt mir helfen|ihr könnt aufhören, das erste ist gut|die reichen|mir reichen zwei|mir reichen die zwei|non ho informazioni|più informazioni
basta attese|fermate la spedizione|annullate la spedizione|togli il mio nome dal biglietto|vietato fumare|lasciate il pacco|lascia un messaggio
mandami un messaggio|scrivi un messaggio|non spedite|mais informações|sem informações do pedido|parem o envio|cancelem o envio|proibido fumar placa
deixem o pacote|deixa mensagem|manda mensagem|tira meu nome do cartão"""
LAST = """i would rather not receive it before friday|i'd rather not get this one|me sacan de dudas|me quitan el sueño|no quiero estar en casa ese día
quiero estar en la lista de espera|je veux être sur la liste|mi state aiutando molto|c'est pas possible d'arrêter la commande ?
stop blowing bubbles gift|blowing up balloons kit|essere nella lista è possibile?|can i be on the list|please don't text her about it
could you please not wrap it|can you not add the card|no need to wrap|no need to send the receipt|would you mind not printing the price
stop by the shop tomorrow and leave it with me please|please end the sale later|i want to stop my subscription to the flower box
stop my standing order for coffee|stop the subscription box for my brother|don't message me the code in public|don't send me the invoice by post
don't contact me by phone|please dont contact my work|please don't write my name|please never use plastic|no more plastic please
no messages in the box please|no card message please|no note"""


def phrases(block: str) -> list[str]:
    return [phrase for line in block.splitlines() for phrase in line.split("|")]


NEAR = [
    near
    for block in (ENGLISH, SPANISH, FRENCH, GERMAN, ITALIAN, PORTUGUESE, MORE, MORE_STILL, LAST)
    for near in phrases(block)
]


@pytest.mark.parametrize("text", NEAR)
def test_words_near_silence_leave_the_shopper_answered(text: str) -> None:
    """Things turned away, orders cancelled, others spoken of, complaints that nobody writes: none asks for silence."""
    assert read_wish(text) is OptWish.NONE
