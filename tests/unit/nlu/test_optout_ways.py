"""Hundreds of ways of saying stop, each built differently: polite, angry, formal, slangy, with slips, with reasons."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

import pytest

from nlu.optout.wishes import OptWish, read_wish

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
MORE = """please remove me from all future communications|I'd really rather you didn't message me|stop it with the constant notifications
dont text this number again|i said no more messages|Can you make the messages stop?|nope. done with these dms. bye|I want no further correspondence
no more marketing messages please|please end all messages to this account|wont you just leave me alone|get your bot out of my inbox
i do not want to talk to you anymore|delete my number and leave me alone|pls quit it w the texts|dont want ur spam|stop harassing me with your offers
Please do not reach out to me again, thank you|not today satan, stop messaging me|i have no interest in receiving these messages
stop sending these to me|i unsubscribed already why am i still getting messages|take me out of your system|end these dms now|no contact please, ever
cancel notifications|could someone please remove my account from this mailing list|my inbox is full, no more messages please
i'm not your customer anymore, do not contact me|please turn the notifications off|you guys text too much. stop
way too many messages, i'm unsubscribing|this is harassment, stop contacting me|stop contacting my account|never dm me
your bot keeps messaging me, make it stop|do me a favor and lose my number|dont send me nothing else|sto messaging me|stop mssging me
please stop these auto messages|I am opting out|Reply STOP|STOP (please)|stop!! im reporting u|no more pls, unsubscribe|i dont wanna get these anymore
i don't want to get any more of your texts|would prefer if you didn't contact me again|kindly cease and desist from contacting me|pause all messages
mute notifications|unsub me plz|take me off ur txt list|i wish to be left alone|please leave my inbox alone|for the love of god stop dming me
thanks for all the help but you can stop messaging now|no need for more messages thanks!|not needed anymore, stop the messages please
por favor quítame de la lista, no quiero más mensajes|no quiero recibir nada más|dejen de fastidiar|no me interesa, dejen de escribir
ya no quiero recibir nada de ustedes|déjenme tranquila por favor|quiero que me borren de la lista|quiero que dejen de mandarme cosas
me quiero dar de baja|me doy de baja|por favor detengan los mensajes|no más promociones|paren con las promociones|no me manden publicidad
no vuelvan a mandarme mensajes|no me vuelvas a hablar|que no me mandéis más mensajes joder|ya compré, gracias, no me escriban más
cancela las notificaciones|stop publicidad|eliminen mis datos y no me contacten|basta, déjenme en paz|no quiero saber nada de vosotros
cómo me desuscribo|como cancelo los mensajes|arrêtez de m'envoyer vos promos|je ne veux plus de notifications|je ne veux plus que vous m'écriviez
laissez-nous tranquilles|merci de me retirer de la liste|pouvez-vous arrêter les messages svp|pouvez vous me désabonner|plus de pub svp
arrêtez tout contact|stop aux notifications|vous pouvez arrêter de m'écrire, j'ai acheté|j'ai plus besoin de vos messages
je n'ai plus besoin de vos messages|j'en ai assez de vos messages|retirez mon numéro svp|fichez moi la paix|ne m'envoyez plus de promotions
cessez de me harceler|ne me dérangez plus|je ne veux pas recevoir de messages|enlevez moi de là|bitte hören Sie auf mich zu kontaktieren
ich möchte keine weiteren Angebote erhalten|hört auf mich vollzuspammen|lasst mich einfach in Ruhe|bitte keine weiteren Mails
keine Lust mehr auf eure Nachrichten|ich habe genug von eurem Spam|stellt die Nachrichten ein|könnt ihr mich bitte von der Liste nehmen
bitte nehmen Sie mich aus dem Verteiler|ich bin raus, bitte keine Nachrichten mehr|mich bitte löschen|bitte löscht meine Nummer|nie mehr schreiben
ich will keine DMs von euch|schreibt mir nie wieder|schickt mir keine Nachrichten|Werbung abbestellen|hör auf mich zu nerven bot
kein Kontakt mehr bitte|ich möchte nicht, dass Sie mir weiter schreiben|bitte unterlassen Sie das|ich möchte mich vom Verteiler abmelden|aufhören!!
non mandatemi più pubblicità|smettetela con questi messaggi|basta notifiche per favore|non voglio essere disturbato|cancellatemi per favore
non contattatemi|vorrei disiscrivermi dalla lista|mi disiscrivo|lasciatemi in pace una buona volta|fermate questi messaggi
non ho bisogno di altri messaggi|pare de me incomodar|não quero receber mais nada|me tira da sua lista|cancelar mensagens
não me envie mais nada por favor|parem de me enviar promoções|quero que parem de me escrever|não preciso de mais mensagens
hi there, could i please be taken off your message list?|Look, I've said it before, no more messages.|please respect my privacy and stop messaging
I've moved on, please stop contacting me about gifts|you have the wrong guy, quit texting|i didn't sign up to get dms every day, stop
get rid of me from your list|do not text, do not message, do not call|I am formally requesting that you stop contacting me
under GDPR i request you stop contacting me|please unsubscribe my account from everything|just unsub me ffs|make this bot stop messaging me
oi stop messaging me|STOP messaging me you creeps|text me again and i'm blocking you|im blocking u|dont u dare message me again
not another message please|i can do without these messages thanks|i could do without your messages|that's enough messages now thank you
we don't need any more messages from you|I'd like my number deleted from your records please|please discontinue all communication
no longer wish to be on this list|i am done with these messages|too much spam. leave me alone|bye forever, don't text|can i opt out please?
opting out thx|i'd like off this list|off the list please|get me off your mailing list|remove me thx|nvm stop messaging me|hush bot, no more messages
never again will you message me|you're not welcome in my dms|silence please, no more dms|quit it with all the promo dms
could we stop the messages now please|I dont wish 2 receive ur messages|stop messages pls|pls stop ur messages|stop sending
stop pinging me every 5 minutes|i have blocked you, stop|pretty please stop messaging me|dear sir, stop contacting me|would you stop
will you please stop|can you please just stop|i keep getting messages from you, please stop|tired of getting your dms
if you text me again i'll report you|this number is no longer in use for shopping, stop texting|hola quisiera que me quiten de la lista gracias
pueden dejar de mandarme mensajes?|ya no me mandes nada porfa|por favor ya no me contacten|basta de publicidad|no gracias, no me escriban
quiten mi número de su lista|dame de baja de la lista|quiero salir de esta lista|no me escribas nunca más|eliminar suscripción|stop, no quiero más
déjame en paz bot de mierda|por favor paren de enviarme mensajes|¿me pueden sacar de la lista?|me molestan sus mensajes, paren
no me interesa recibir promociones|no deseo ser contactado|dejad de mandarme publi|que dejéis de escribirme|cesen el envío de mensajes
agradecería no recibir más mensajes|si vuelven a escribirme los bloqueo|para de spamearme|no kiero mas mensajes|no me scriban mas
bonjour je souhaite me désabonner merci|arrêtez svp de m'écrire|arrêtez moi ces messages|vos messages, ça suffit|je ne veux pas de vos messages
je ne souhaite pas recevoir de publicité|désinscrivez-moi immédiatement|lâchez moi avec vos messages|pas de pub merci|pas de messages svp
ne me recontactez plus|ne m'écrivez plus, sinon je vous bloque|j'aimerais qu'on arrête de m'écrire|vous pouvez me retirer de votre liste ?
enlevez mon compte de vos listes|je veux que ça s'arrête, plus de messages|mettez-moi sur liste rouge, plus de messages|stop aux relances svp
arretez d'envoyer des messages|pk vous m'écrivez ? stop|arrête stp de me parler|jveux plus recevoir de msg|désactiver
Bitte keine weiteren Kontaktversuche|hört endlich auf|hör endlich auf|jetzt hört doch mal auf mir zu schreiben|bitte nicht mehr anschreiben danke
ich habe kein interesse, bitte lassen sie mich in ruhe|ich will keine nachrichten von bots|könnten Sie mich bitte aus der Liste entfernen?
bitte um Löschung aus dem Verteiler|entfernt mich|streicht mich von der liste|Ich möchte abgemeldet werden|meldet mich ab danke
ich verzichte auf weitere nachrichten|bitte sofort aufhören mit dem spam|lasst das schreiben|nicht schreiben bitte|hört auf mit euren dms
sagt mal, könnt ihr aufhören mich anzuschreiben|genug nachrichten, danke|ich brauche eure nachrichten nicht|ich mag keine nachrichten mehr
ich will eure nachrichten nicht mehr|mich nicht mehr kontaktieren|stoppt das|wenn ihr mir nochmal schreibt blockiere ich euch
non voglio più essere contattato|per favore non mi scriva più|la smettete di scrivermi|togliete il mio numero dalla lista|stop ai messaggi
basta, cancellatemi|non vi voglio più sentire|non ricevere più messaggi|voglio essere cancellato dalla lista|chiedo la cancellazione dalla lista
per piacere niente messaggi|se mi scrivete ancora vi blocco|por favor tira-me da lista|queria sair da lista por favor|não me mandem mensagens
parem de enviar mensagens para mim|não tenho interesse, não mande mais|remove meu número por favor|me deixa quieto|não quero receber propaganda
não me contate mais|stop enviar mensagens"""
MORE_STILL = """I'm requesting removal from your contact list|please respect that I don't want to be messaged|cut it out with the dms|kindly stop reaching out
I'm sick of this bot, make it go away|make it go away|leave me alone i found something already|no dms|no dm pls|dm me no more|message me no more
contact me no further|please do not write back|do not respond|no need to reply, just take me off|I want nothing to do with these messages
please lay off the messages|i've no interest in hearing from your company|who is this? stop texting me|new phone who dis. remove me|stop w the promos
stop the promos pls|enough promos|no promos please|pls end|pls stop it|stop stop|can we end this? no more texts|I'd be grateful if the messages stopped
could the messages stop please|would appreciate it if these dms ended|I do not give consent to be messaged|you don't have my consent
please withdraw me from your mailing list|terminate all messages|please cease communications|stop communicating with me|stop corresponding with me
stop approaching me|stop talking to me|dont talk to me|dont speak to me again|stop replying to me|leave me in peace please|get off my back
I changed my mind, I don't want your messages|i changed my mind about getting messages, stop them|turn off all notifications|mute all|unsubscribe all
unsubscribe from all|unsubscribe from everything now|UNSUBSCRIBE NOW|i wanna unsubscribe|let me unsubscribe|lemme unsubscribe|unsub!!!
where's the unsubscribe button|is there an unsubscribe link|whats the command to stop|what do i type to unsubscribe|how can I stop getting these
how to stop getting messages from you|how to make you stop messaging me|i have a gift now, you don't need to keep messaging
that was helpful but no further messages please|had enough of your dms|your messages are unwanted|these messages are unwanted|unwanted messages stop
messages not wanted|not interested in any messages|i will not be needing further messages|we no longer want to receive your messages
please do not contact us again|do not contact this account again|this account does not want your messages|stop trying to contact me
stop trying to message me|stop attempting to contact me|quit sending me crap|quit sending me these|quit with the spam|pack it in with the messages
enough already, stop messaging|Stop. Just stop.|just stop already|please, stop|STOP IT NOW|ENOUGH! STOP!|i said stop!!!
what part of stop don't you understand|do u understand stop?? stop texting|No quiero más contacto|no quiero que me contacten más|no me contactéis
no contacten conmigo|dejad de contactarme|dejen de contactarme ya|por favor cesen los mensajes|por favor elimínenme
por favor no más mensajes, ya encontré regalo|quiero dejar de recibir mensajes|quiero dejar de recibir sus mensajes
cómo hago para no recibir más mensajes|no recibir más mensajes|no quiero recibir mensajes de ustedes|no quiero recibir este tipo de mensajes
no me interesan sus promociones|no me interesan tus mensajes, para|que dejes de escribirme|te dije que pares|te pido que dejes de escribirme|ya párale
ya basta con los mensajes|ya fue suficiente, no me escriban|me tienes harta, deja de escribirme|me cansaron, no escriban más|stop mandar mensajes
quítenme de aquí|sácame de aquí|no autorizo mensajes|nunca di mi consentimiento|nunca autoricé estos mensajes|jamás pedí estos mensajes
no pedí estos mensajes|no me suscribí a esto|desuscripción por favor|desactiva los mensajes|desactiven este bot|apaga el bot
cállate ya y no me escribas|chau, no me molesten más|hasta luego, no me manden más mensajes|no mandar más|por favor parar|parar mensajes
detener mensajes|eliminar de la lista|borrar de la lista|baja de la lista|solicito ser eliminado de la lista|solicito mi baja|tramitar baja
quiero la baja|Je vous prie de bien vouloir cesser vos messages|je vous prie de me retirer de vos listes|merci de cesser vos envois
merci de cesser de me contacter|merci d'arrêter|merci d'arrêter vos messages|stop merci|stop s'il vous plaît|arrête|arrête de m'écrire
arrêtez vos messages|arrêtez vos relances|arrêtez de me solliciter|arrêtez de me déranger|arrêtez les notifications
je souhaite arrêter de recevoir vos messages|je veux arrêter de recevoir des messages|je ne veux plus être sollicité
je n'ai jamais donné mon consentement|je retire mon consentement|je n'ai rien demandé, arrêtez|je ne suis pas intéressé, arrêtez de m'écrire
je ne suis pas intéressée par vos messages|vos messages ne m'intéressent pas|plus de contact svp|plus aucune notification|aucun autre message svp
pas de relance svp|ne me relancez plus|ne me solliciter plus|ne plus m'écrire|ne plus recevoir de messages|ne m'ecrit plus|ne mecrivez plus
me desinscrire|désinscription svp|désinscris-moi|se désabonner|se désinscrire|me retirer de la liste|comment se désinscrire|lien de désabonnement ?
laissez-moi en paix avec vos messages|laissez moi tranquil|fous-moi la paix|lache moi|vire moi de ta liste|virez-moi de là|bloque moi|stop harcèlement
halte au spam|ça suffit maintenant, plus de messages|j'en peux plus de vos messages|vos dm me saoulent, stop|au revoir et ne m'écrivez plus
Bitte stoppen Sie die Nachrichten|Bitte kontaktieren Sie mich nicht mehr|Bitte keine Kontaktaufnahme mehr|Bitte keine weitere Kontaktaufnahme
Bitte entfernen Sie mich|Bitte entfernen Sie meinen Kontakt|bitte aus dem verteiler nehmen|bitte aus der liste löschen|bitte mich austragen
bitte abbestellen|ich will mich abmelden|ich will abbestellen|will mich abmelden|wie komme ich aus dem verteiler raus|keine nachricht mehr
keine dm mehr bitte|keine weiteren Nachrichten erwünscht|Nachrichten unerwünscht|weitere nachrichten sind unerwünscht|ich möchte keine Nachrichten
ich möchte nichts mehr hören|ich will nix mehr hören von euch|will nichts mehr von euch hören|ich hab kein Bock auf eure Nachrichten
ich hab keine lust auf nachrichten|ich hab euch nicht erlaubt mir zu schreiben|ich habe dem nicht zugestimmt|widerruf meiner einwilligung
bitte nichts mehr senden|sendet mir keine nachrichten mehr|senden Sie mir bitte nichts mehr|schreib nicht mehr|schreib mir nie mehr
schreibt mir ja nicht mehr|hört auf mir zeug zu schicken|hör auf mir sachen zu schicken|hör auf mich zu spammen|hör auf damit|hört bitte damit auf
aufhören mit den nachrichten bitte|lasst mich zufrieden|lasst mich doch in ruhe|lass mich bitte in ruhe|in ruhe lassen bitte
geh mir nicht auf die nerven, schreib nicht mehr|nerv mich nicht mehr|nervt mich nicht mehr|nerv nicht mehr|stör mich nicht mehr
belästigt mich nicht weiter|schluss, keine nachrichten|stop nachrichten|stopt die nachrichten|nachrichten stoppen|benachrichtigungen aus|dms aus bitte
abo beenden|abo kündigen|vergesst meine nummer|löscht meinen kontakt|nehmt mich raus|nimm mich raus|streicht mich|smettetela, non voglio più messaggi
smetti di scrivermi|smetti di mandarmi messaggi per favore|basta scrivere|basta con le notifiche|non scrivetemi mai più|non scrivermi mai più
non voglio più sentirvi|non voglio più niente da voi|non voglio altri messaggi|non mi interessano i vostri messaggi|niente messaggi per favore
nessun messaggio più|toglimi da qui|toglietemi da questa lista|rimuovimi|rimuovetemi subito|voglio cancellarmi|annullare iscrizione|stop notifiche
evitate di scrivermi|vi prego basta messaggi|lasciatemi in pace con questi messaggi|per favore fermate i messaggi|não quero mais ser contatado
não quero ser incomodado|não quero mais nada de vocês|não quero mensagens|não me mande mensagens|não me mandem mais mensagem|não enviem mais nada
pare de escrever|para de mandar mensagem|para de me mandar coisa|parem de mandar msg|parem de me incomodar|chega de notificações
cancelem minha inscrição|quero me descadastrar da lista|me descadastrem dessa lista|remover meu contato|retire meu contato da lista|me exclua da lista
excluam meu número|tirem meu contato|deixem-me em paz por favor|me deixe em paz|não autorizo mensagens
Hello, thank you for your suggestions last week but I would prefer not to get any more direct messages from your shop.
my kids use this account too so please no more messages|I only asked once about a mug, no more DMs please
it's my birthday and all i want is for you to stop messaging me|dont wanna be rude but can you not dm me anymore
whoever runs this account, stop messaging me|just wanted to say please don't contact me again, thanks|pls make sure i get no more messages
my phone won't stop buzzing because of you. stop messaging|i'm on holiday, stop sending me messages
we broke up so i dont need gift ideas, stop messaging|I've deleted the app, stop contacting me
not gonna buy anything so stop asking and stop texting me|too many notifications, unsub|hey bot, opt me out pls|oh my god stop messaging me already
nope nope nope stop|STAHP|pleeeease stop|stooooop messaging meeee|STOP. MESSAGING. ME.|stop... messaging... me|s.t.o.p.
unsubscribe me from ur dms thx x|can i get off this list pls|tell your bot to stop messaging me|ask your team to stop contacting me
please inform your team not to contact me again|please pass on that i don't want to be contacted|i'd like to stop hearing from you
I'd like to stop receiving your promotions|I want to stop these dms|no longer want to hear from you|don't want to hear from you guys
I do not want any further contact from your company|I have no wish to be contacted again|don't bother messaging me again
don't bother contacting me again|there's no point messaging me|it's pointless messaging me, stop|save your breath, don't message me
save your messages for someone else|go bother somebody else|go spam someone else|find someone else to spam|i'm not buying, quit messaging
leave us alone|please leave this account alone|do not use this number again|please don't use my number again|remove my details from your mailing list
delete me off the mailing list|take us off your list|please unlist me|blocked and reported|reporting this as spam|this is spam. stop|spam! stop!
enough spam|end all communication|end communication|cease communication with me|no further communication please|no communication please|messages off
notifications off please|Me gustaría darme de baja de los mensajes, gracias|Buenos días, no deseo recibir más información, gracias
no me manden más información|no me mandes más cosas por aquí|oye bot ya no me escribas|por favor, no me vuelvan a escribir por aquí
les agradecería que dejaran de escribirme|os agradecería que dejarais de escribirme|me gustaría que dejaran de mandarme mensajes
¿pueden parar de mandarme mensajes?|¿podéis dejar de escribirme?|¿podrías dejar de escribirme por favor?|¿serían tan amables de no escribirme más?
es la última vez que lo digo: no me escriban|ya les dije que no quiero mensajes|les dije que no me molestaran|ya está bien de mensajes
ya está bien, dejad de escribir|vale ya de mensajes|me cansé de sus mensajes|estoy cansada de recibir mensajes suyos
no sé por qué me escriben, bórrenme|no sé cómo tienen mi número, pero no me escriban|me equivoqué de cuenta, no me escriban más
ya encontré regalo, así que no me escriban más|mensajes no por favor|no mensajes por favor|no mas dms|cero mensajes por favor|nada de mensajes
ni un mensaje mas por favor|déjate de mensajes|olvídate de mí|no me busquen más|no quiero saber de ustedes|quiero salir de la lista
quiero que me saquen de la lista|quiero que me quiten de su lista|pido la baja de la lista|exijo que dejen de contactarme|prohibido escribirme
les prohíbo que me escriban|stop ya|stop por favor|STOP!! no escribas más|paren de molestarme|parad de molestar|dejen de molestarme con sus promociones
dejad de darme la lata|dejen de spamear|bloquéenme si quieren pero no me escriban
Bonjour, je vous remercie mais je ne souhaite plus recevoir de messages.|Bonjour, merci de bien vouloir me retirer de votre liste.
Bonsoir, pourriez-vous arrêter de m'envoyer des messages privés s'il vous plaît ?|est-ce que vous pouvez arrêter de m'écrire ?
c'est possible d'arrêter les messages ?|serait-il possible de ne plus recevoir de messages ?|y a-t-il moyen d'arrêter ces messages
j'aimerais que vous arrêtiez de m'écrire|je voudrais que vous cessiez de me contacter|je vous ai demandé d'arrêter|je t'ai dit d'arrêter de m'écrire
je vous ai déjà dit de ne plus m'écrire|combien de fois dois-je vous dire de ne plus m'écrire|pour la dernière fois, ne m'écrivez plus
plus de messages c'est tout|j'ai trouvé mon cadeau donc plus besoin de m'écrire|merci mais non, ne m'écrivez plus|non merci, plus de messages
ne m'envoyez plus vos offres|n'envoyez plus de messages|ne m'envoie plus rien stp|ne m'envoie plus tes trucs|j'veux pas de vos messages
j'veux plus qu'on m'écrive|je veux plus qu'on me contacte|je veux qu'on me laisse tranquille|laissez-moi tranquille svp|qu'on me laisse en paix
arrêtez de me faire chier|arrêtez de m'emmerder|arrêtez de me casser les pieds|vous me cassez les pieds, arrêtez|tu me saoules, arrête de m'écrire
trop de messages, désabonnez-moi|je me désabonne, salut|me désabonner svp|vous désabonner de quoi ? désabonnez moi|STOP PUB SVP|STOP DM|stop mp
finies les notifs svp|coupez les notifications|désactive les messages|je refuse de recevoir vos messages|je refuse tout message de votre part
interdiction de m'écrire|interdit de m'écrire|je vous interdis de m'écrire|oubliez moi svp|effacez moi de vos listes|otez moi de la liste
Guten Abend, ich habe kein Interesse mehr und möchte keine Nachrichten mehr bekommen.|Hallo, bitte nehmen Sie mich aus Ihrer Kontaktliste, danke.
Hi, könntet ihr mich bitte aus eurem Verteiler löschen?|Ich bitte Sie, mir nicht mehr zu schreiben.|Ich bitte darum, nicht mehr kontaktiert zu werden.
Ich bitte euch keine Nachrichten mehr zu schicken|Es wäre nett, wenn ihr mir nicht mehr schreiben würdet
es wäre schön wenn ihr aufhört mir zu schreiben|ich wäre dankbar wenn sie mich nicht mehr kontaktieren
wäre super wenn ihr mir keine nachrichten mehr schickt|kann man die nachrichten ausschalten|kann man sich hier abmelden|kann ich mich abmelden?
wo kann ich mich abmelden|wie bestelle ich die nachrichten ab|ich möchte die Nachrichten abbestellen|ich möchte diese Nachrichten nicht mehr erhalten
ich möchte diese nachrichten nicht|ich will eure Nachrichten nicht|ich will das nicht, hört auf mir zu schreiben
ich habe doch gesagt keine nachrichten mehr|ich hab gesagt ihr sollt aufhören|ihr sollt mir nicht mehr schreiben|du sollst mir nicht mehr schreiben
Sie sollen mich nicht mehr anschreiben|Sie brauchen mir nicht mehr zu schreiben|ihr müsst mir nichts mehr schicken
du brauchst mir nichts mehr zu schicken|ihr könnt aufhören mir zu schreiben|ihr dürft mir nicht mehr schreiben|mir reicht's mit euren Nachrichten
mir reichen die nachrichten jetzt|ich hab genug, keine nachrichten mehr|genug jetzt, schreib mir nicht mehr|jetzt ist schluss mit nachrichten
schluss jetzt mit dem geschreibe|ruhe jetzt, keine nachrichten mehr|keine lust mehr auf dms|kein spam bitte|spam bitte sofort einstellen
nachrichten bitte einstellen|bitte nachrichten einstellen|bitte keine weiteren Angebote und Nachrichten|danke, ich will nichts mehr bekommen
danke aber bitte keine nachrichten mehr|hab was gefunden, ihr könnt aufhören zu schreiben|hab's mir anders überlegt, keine nachrichten bitte
meine nummer bitte löschen|bitte meine Nummer aus der Liste löschen|mich bitte von der liste nehmen|bitte von der Liste streichen
raus aus der liste bitte|ich will aus der liste raus|ich will von der liste runter|Buongiorno, vorrei non essere più contattato, grazie
potreste smettere di scrivermi per favore?|è possibile non ricevere più messaggi?|vi chiedo di non scrivermi più|vi ho già detto di non scrivermi
quante volte devo dirvi di non scrivermi|ho detto basta messaggi|ho trovato il regalo, non scrivetemi più|grazie ma non voglio più messaggi
non voglio essere contattato di nuovo|non voglio ricevere niente|non mandatemi più offerte|non inviate più messaggi|non scrivete più
non scrivermi più bot|smettila di rompere|smettetela di rompere le scatole|basta rompere|basta, non scrivetemi|basta pubblicità|stop pubblicità
togliete il mio contatto|levatemi dalla lista|cancellate il mio numero|cancella il mio contatto dalla lista|disiscrivimi subito
disiscrizione per favore|come ci si disiscrive?|voglio uscire dalla lista|lasciami stare per favore|lasciateci in pace|sono stanco di questi messaggi
che palle questi messaggi, basta|Bom dia, gostaria de não receber mais mensagens, obrigado|vocês podem parar de me mandar mensagens?
pode parar de mandar mensagem por favor|por favor não me contactem mais|não me contatem mais|não quero que me escrevam
não quero que me mandem mensagens|não quero mais ser incomodado|não mande mais nada|não mandem mais mensagens|pare de me escrever
parem com essas mensagens|parem de encher|chega de propaganda|chega de spam|estou cansado das vossas mensagens|me tirem daqui|me remova por favor
remova meu contato|quero sair dessa lista|como saio da lista|como faço para não receber mais mensagens|já comprei, não precisam mandar mais mensagens
desinscrever|descadastre meu número|me deixem quieta"""
LAST = """please refrain from sending me any further messages|hi! im good thanks, no more texts please :)|appreciate the help but please dont message me again xx
not sure why im getting these but please take me off|i never gave you my details, remove me from your list immediately
this is the third time i've asked, please stop messaging me|Stop sending these stupid messages|i dont want any more gift ideas or messages, thanks
no more messages or i'll report you|can i unsubscribe?|id like to unsubscribe from these messages please|pls dont write me anymore im not interested
you're spamming me, stop it|stop spamming my dms|stop blowing my phone up|stop filling up my inbox|never contact this account again
please do not send any more DMs to this account|dont dm this account|i'd rather you didn't contact me|I would rather not receive these
I'm not interested, please remove me from your list|Please take my name off your mailing list. Thank you.|thanks, but I no longer need your messages
my dog died, i don't need the pet messages anymore. stop|go away bot|bugger off|sod off with your messages|get lost bot|do one
por favor no me escriban mas, ya compre lo que necesitaba|hola, ya no necesito recibir mensajes, gracias|quisiera que dejaran de escribirme
no me manden mas nada|no me mandeis mas nada porfa|que no quiero mas mensajes|dejad de enviarme mensajes privados|quitadme de la lista por favor
¡Dejen de molestar!|baja por favor|BAJA YA|no molesten mas|me pueden dar de baja?|ya no deseo estar en su lista|anulen mi suscripción
stop, ya no quiero recibir nada|me borran de su lista por favor|le ruego que no me contacte más|no me llamen ni me escriban
no me escriban ni me llamen más|merci de ne plus m'envoyer de message|ne m'envoyez plus de message svp|je souhaite me désinscrire de vos messages
je ne veux plus de vos messages privés|je ne veux plus avoir de messages de votre part|je n'ai plus envie de recevoir vos messages
veuillez arrêter de m'écrire|veuillez me retirer de votre liste de contacts|veuillez supprimer mon numéro
arrêtez immédiatement de m'envoyer des messages|stop ! je ne veux plus rien recevoir|stoppez tout|ça suffit, arrêtez de m'écrire|désabonnez moi de tout
je désire être retiré de votre liste|ne me parlez plus|foutez moi la paix svp|c'est pas possible d'arrêter vos messages ?
arrêtez vos messages ou je vous signale|bitte schickt mir nichts mehr zu|bitte schreiben sie mich nicht mehr an|bitte nicht mehr anschreiben!!
ich möchte keine nachrichten mehr von diesem account|ich möchte nicht mehr von euch hören|will nicht mehr angeschrieben werden
keine Nachrichten mehr an mich|Bitte beenden Sie den Nachrichtenversand|bitte löschen sie mich aus ihrer liste
Bitte tragen Sie mich aus dem Verteiler aus|abmelden!!!|ABMELDEN|stop das nervt|lass mich in ruhe du bot|lasst mich mit euren Nachrichten in Ruhe
hör auf zu schreiben|hört auf zu schreiben|nicht mehr melden bitte|meldet euch nicht mehr|meldet euch bitte nicht mehr bei mir
ich brauche keine weiteren nachrichten danke|verschwindet aus meinen DMs|aufhören mit nachrichten|smettete di mandarmi messaggi
smettetela di inviarmi messaggi per favore|per favore non inviatemi più messaggi|per favore toglietemi dalla lista|non voglio più essere disturbata
basta messaggi!|basta!!|non scrivetemi più, ho già trovato|cancellatemi dalla vostra lista per favore|vorrei cancellare l'iscrizione
disiscrivetemi subito|lasciami in pace bot|mi state disturbando, smettetela|por favor parem de me mandar mensagens
não me mandem mais mensagens, já encontrei|gostaria de sair da lista|quero me descadastrar|me tira da lista por favor|pare de enviar mensagens
deixem de me mandar mensagens|não quero mais mensagens vossas|retirem-me da vossa lista|cancelar subscrição"""


def phrases(block: str) -> list[str]:
    return [phrase for line in block.splitlines() for phrase in line.split("|")]


WAYS = [
    way
    for block in (ENGLISH, SPANISH, FRENCH, GERMAN, ITALIAN, PORTUGUESE, MIXED, MORE, MORE_STILL, LAST)
    for way in phrases(block)
]


@pytest.mark.parametrize("text", WAYS)
def test_however_it_is_built_a_wish_for_silence_is_obeyed(text: str) -> None:
    """Who asks for silence in their own words must not get one message more."""
    assert read_wish(text) is OptWish.STOP
