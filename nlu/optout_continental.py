"""German, French, Spanish, Italian and Portuguese ways of saying stop and start; nlu/optout_words.py says how to read them."""

# ruff: noqa: E501 - a pattern or a list of words is checked more easily on one line
from __future__ import annotations

from nlu.optout_words import WishWords

# ------------------------------------------------------------------ German
_DE_NOUN = r"(?:nachrichten|nachricht|dms?|pns?|werbung|werbenachrichten|mitteilungen|infos?|mails?|emails?|newsletter|spam|texte|sms|benachrichtigungen|angebote|erinnerungen|kontakt)"
_DE_ANY = r"(?:(?:die|den|der|diese|diesen|dieser|eure|euren|eurer|deine|deinen|deiner|ihre|ihren|ihrer|weitere|weiteren|solche|solchen|alle|allen|mehr|den ganzen|euer|dein|ihr|staendigen|standigen|nervigen|blode[nr]?) )*"
_DE_SOFT = (
    r"(?: (?:bitte|endlich|doch|jetzt|mal|sofort|einfach|damit|mir|mich|uns|dauernd|standig|immer|immer wieder))*"
)
_DE_NEVER = r"(?:nicht mehr|nie wieder|nie mehr|niemals wieder|nicht weiter|nicht langer|keinesfalls mehr)"
_DE_YOU = r"(?: (?:sie|ihr|du))?"
_DE_TAIL = rf"(?: (?:mehr|von (?:euch|ihnen|dir)|an mich|zu|schicken|senden|bekommen|erhalten|schreiben|haben|empfangen|bitte|hier|per dm|in zukunft|{_DE_NOUN}))*"
_DE_WRITING = (
    r"(?:schreiben|nerven|kontaktieren|belastigen|anschreiben|texten|spammen|storen|melden|anzuschreiben|(?:"
    + _DE_NOUN
    + r" )?(?:zu (?:schreiben|nerven|kontaktieren|belastigen|texten|spammen|storen|schicken|senden)|anzuschreiben|zuzutexten|zuzuspammen))"
)
_DE_LIST = r"(?:(?:der|dem|eurer|eurem|ihrer|ihrem|deiner|dieser|diesem|den|jeder|allen) )*(?:liste|listen|verteiler|mailingliste|kontaktliste|newsletter|adressliste|kontakten|datenbank)"

GERMAN = WishWords(
    strong=(
        rf"(?:hor|hoer|hort|hoert|horen|hoeren){_DE_YOU}{_DE_SOFT} auf{_DE_SOFT}(?: (?:mit {_DE_ANY}{_DE_NOUN}|{_DE_WRITING}))",
        rf"(?:aufhoren|aufhoeren){_DE_SOFT} (?:mit {_DE_ANY}{_DE_NOUN}|{_DE_WRITING})",
        rf"(?:ich (?:will|mochte|moechte|wunsche|brauche) )?(?:bitte )?(?:keine|keinen|kein|nie wieder|null)(?: weiteren| weitere| weiterer| solchen| solche| mehr)* {_DE_NOUN}(?: mehr)(?: von (?:euch|ihnen|dir))?{_DE_TAIL}",
        rf"(?:ich (?:will|mochte|moechte|wunsche|brauche) )?(?:bitte )?(?:keine|keinen|kein|nie wieder|null)(?: weiteren| weitere| solchen| mehr)+ {_DE_NOUN}{_DE_TAIL}",
        rf"(?:ich (?:will|mochte|moechte|wunsche) )?(?:bitte )?(?:keine|keinen|kein) {_DE_NOUN}(?: von (?:euch|ihnen|dir)| an mich){_DE_TAIL}",
        rf"ich (?:will|mochte|moechte|wunsche){_DE_SOFT}(?: von (?:euch|ihnen|dir))? (?:(?:keine|kein) {_DE_NOUN}|nichts)(?: mehr)?{_DE_TAIL}(?: (?:horen|hoeren|bekommen|erhalten|wissen|lesen))?",
        rf"ich (?:will|mochte|moechte|wunsche){_DE_SOFT} (?:von (?:euch|ihnen|dir) )?(?:nichts|nie wieder(?: etwas| was)?) (?:mehr )?(?:von (?:euch|ihnen|dir) )?(?:horen|hoeren|wissen|lesen)",
        rf"(?:ich (?:will|mochte|moechte|wunsche) )?{_DE_NEVER}(?: von (?:euch|ihnen|dir))? (?:kontaktiert|angeschrieben|belastigt|gestort|genervt)(?: zu)? werden",
        rf"(?:schreib|schreibe|schreibt|schreiben|kontaktiere|kontaktier|kontaktiert|kontaktieren|nerv|nervt|nerve|nerven|belastige|belastigt|belastigen|stor|stort|store|storen|spamm|spammt|text|textet|melde|meldet|melden){_DE_YOU}(?: mir| mich| uns| euch| dich| sich)?{_DE_SOFT} (?:{_DE_NEVER}|nicht)(?: mehr)?(?: an| bei mir| zu)?",
        rf"(?:schick|schickt|schicke|schicken|send|sende|sendet|senden|schreib|schreibt|schreiben){_DE_YOU}(?: mir| uns)?{_DE_SOFT} (?:keine|keinen|kein|nichts)(?: weiteren| weitere| solchen| mehr)*(?: {_DE_NOUN})?{_DE_TAIL}",
        rf"(?:mich |mir )?{_DE_SOFT.replace('(?: (', '(?:(').replace('))*', ') )*')}{_DE_NEVER}(?: mehr)? (?:schreiben|anschreiben|kontaktieren|melden|belastigen|nerven|texten|storen)",
        rf"(?:ihr|du|sie|man) (?:brauchst|braucht|brauchen|musst|mussen|sollst|sollt|sollen|durft|darfst|durfen)(?: mir| mich)? (?:{_DE_NEVER}|keine {_DE_NOUN} mehr)(?: zu)?(?: (?:schreiben|anschreiben|anzuschreiben|kontaktieren|schicken|senden|melden))",
        rf"(?:ich bitte (?:sie|euch|dich)|ich bitte darum|ich mochte (?:sie|euch) bitten)? ?(?:von )?(?:weiteren |weitere |diesen |solchen )*{_DE_NOUN} (?:abzusehen|zu unterlassen|einzustellen)",
        rf"(?:sehen sie|seht|sieh)(?: bitte)? von (?:weiteren )?{_DE_NOUN} ab|unterlass(?:t|en sie|en)?(?: bitte)?(?: sie)? {_DE_ANY}{_DE_NOUN}|stell(?:t|en sie)?(?: bitte)? {_DE_ANY}{_DE_NOUN} ein",
        rf"(?:lass|lasst|lassen sie|lassen)(?: mich| uns){_DE_SOFT} (?:in ruhe|in frieden|zufrieden)(?: mit {_DE_ANY}{_DE_NOUN}| damit)?",
        rf"(?:schluss|stopp?|genug|es reicht|basta|ende|aus|weg)(?: jetzt)? (?:mit|von) {_DE_ANY}{_DE_NOUN}|(?:stopp?|stoppt|stoppen sie|beendet|beende){_DE_SOFT} {_DE_ANY}{_DE_NOUN}|(?:ich (?:hab|habe) )?(?:genug|die nase voll|satt) (?:von|mit) {_DE_ANY}{_DE_NOUN}",
        r"(?:ich (?:will|mochte|moechte) )?(?:mich |uns )?(?:bitte )?(?:(?:vom|von|aus) [\w ]{3,20} )?(?:abmelden|austragen|deabonnieren)|(?:melde|meldet|melden sie|meld|trag|tragt|trage|tragen sie)(?: mich| uns)(?: bitte| doch)*(?: (?:vom|von|aus) [\w ]{3,20})? (?:ab|aus)",
        rf"(?:newsletter|{_DE_NOUN})(?: bitte)? (?:abbestellen|stoppen|abmelden|beenden|aus|einstellen|abschalten|ausschalten|deaktivieren)|(?:abbestellen|abmelden) bitte",
        rf"(?:nehmt|nimm|nehmen sie|streich|streicht|streichen sie|losch|loscht|losche|loschen sie|entferne|entfernt|entfernen sie|werft|wirf|holt|hol)(?: mich| meine nummer| meinen namen| meinen account| meine daten){_DE_SOFT} (?:von|aus|vom|aus dem) {_DE_LIST}(?: heraus| raus)?|(?:mich )?(?:bitte )?(?:von|aus|vom) {_DE_LIST} (?:streichen|loschen|entfernen|nehmen|austragen)|loschen sie mich|raus aus {_DE_LIST}",
        r"(?:hiermit )?(?:ich )?(?:widerrufe|ziehe)(?: ich)?(?: hiermit)? (?:meine )?(?:einwilligung|zustimmung|erlaubnis)(?: zuruck)?(?: [\w ]{3,30})?|ich widerspreche (?:der |jeder )?[\w ]{3,40}",
        r"(?:verpiss dich|verpisst euch|hau ab|haut ab|verschwinde|verschwindet|geht weg|geh weg)(?: bot)?",
        rf"(?:bitte )?(?:keine|keinen|kein) {_DE_NOUN} (?:schicken|senden|schreiben|zusenden)",
    ),
    weak=(rf"(?:keine|kein) {_DE_NOUN}", r"(?:es )?reicht(?: jetzt)?|schluss jetzt|genug"),
    bare=(r"(?:stopp|stoppen|abmelden|abbestellen|aufhoren|aufhoeren|schluss|abmeldung|austragen|stop|ende|(?:hor|hort|horen sie)(?: bitte| endlich| doch| jetzt| damit)* auf(?: damit)?)",),
    start=(r"(?:wieder )?(?:starten|anmelden|fortsetzen|weitermachen|neu starten)|(?:wieder )?(?:schreiben|nachrichten)(?: bitte)? (?:wieder )?(?:starten|erlauben|an)|(?:du|sie|ihr) (?:kannst|konnen|konnt|darfst|durft|durfen) (?:mir )?wieder schreiben",),
    soft=(
        "bitte|jetzt|sofort|endlich|doch|einfach|mal|hallo|guten tag|guten morgen|moin|und|bitte sofort|danke|vielen dank|mfg|lg|mit freundlichen grussen|"
        "falsche person|das nervt|ihr nervt|nervt|es reicht|mir reichts|mir reicht es|nein danke|nein|so|also|schon|ich bitte sie|ich bitte euch|ich bitte dich|"
        "ich habe gesagt|konnt ihr|konnen sie|kannst du|konnten sie|konntet ihr|konntest du|wurden sie|leute|verdammt|kein interesse"
    ),
    our_writing=r"nachrichten|werbung|newsletter|schreiben|nervt|nerven|abmelden|belastig\w+",
)  # fmt: skip

# ------------------------------------------------------------------ French
_FR_NOUN = r"(?:messages?|messages? prives?|mess|dms?|mps?|mails?|emails?|notifications?|notifs?|pubs?|publicites?|spams?|sms|textos?|newsletters?|sollicitations?|relances|promos|offres)"
_FR_ANY = r"(?:(?:de|des|d|du|les|vos|ces|tous|toutes|le|la|l|un|une|aux|avec|autres?|aucun|aucune|votre|cette|ce|tes|envois?|sales|foutus|putain de|nouveaux|prochains) )*"
_FR_ACT = rf"(?:(?:m|me|nous|de m|de me|nous|d) (?:ecrire|envoyer(?: {_FR_ANY}{_FR_NOUN})?|contacter|embeter|importuner|harceler|deranger|parler|spammer|solliciter|relancer|emmerder|saouler|gonfler|en envoyer|mp|dm)|envoyer {_FR_ANY}{_FR_NOUN}|menvoyer {_FR_ANY}{_FR_NOUN}|mecrire)"
_FR_TAIL = r"(?: (?:jamais|rien|desormais|a l avenir|de votre part|de vous|svp|maintenant|du tout|tout de suite|toutes les semaines|tout le temps|sans arret|s il vous plait|s il te plait|par ici|ici))*"
_FR_LIST = r"(?:(?:la|votre|vos|cette|ta|toutes|vos|de|tes) )*(?:listes?|base|fichiers?|contacts|newsletter)(?: de (?:contacts?|diffusion|messages|clients|donnees))?"

FRENCH = WishWords(
    strong=(
        rf"(?:arrete|arretez|arretes|arreter|cessez|cesse|cesser|stoppez|stoppe|stopper|stop|finissez)(?: (?:bot|un peu|immediatement|maintenant|svp|stp|tout de suite))?(?: (?:de|d))? ?(?:{_FR_ACT}){_FR_TAIL}",
        rf"(?:arrete|arretez|arreter|cessez|cesse|stoppez|stopper|stop)(?: (?:avec|aux|a|les|vos|ces|tous|l|tes))+ (?:{_FR_ANY})?{_FR_NOUN}{_FR_TAIL}|(?:stop|arret|fin) (?:{_FR_ANY})?{_FR_NOUN}",
        rf"(?:je |j )?(?:ne |n )?(?:veux|souhaite|desire) plus (?:jamais )?rien (?:recevoir|avoir)(?: de (?:vous|votre part))?|(?:je |j )?(?:ne |n )?(?:veux|souhaite|desire|voudrais|aimerais|veut) (?:vraiment )?(?:plus|pas|ne plus)(?: jamais)? (?:(?:recevoir|avoir|voir|lire) (?:{_FR_ANY}{_FR_NOUN}|rien)|(?:d|de|aucun|aucune|{_FR_ANY}){_FR_NOUN}|etre (?:contactee?|sollicitee?|derangee?|relancee?|importunee?)|(?:entendre parler de|avoir de nouvelles de) vous|que (?:vous|tu) (?:m|me) (?:ecriviez|ecrives|contactiez|envoyiez|contactes|parliez|derangiez)(?: {_FR_ANY}{_FR_NOUN})?){_FR_TAIL}",
        rf"plus (?:de|d|aucun|aucune|jamais de)(?: autres?)? {_FR_NOUN}{_FR_TAIL}|pas d autres? {_FR_NOUN}{_FR_TAIL}|plus jamais de {_FR_NOUN}|aucun autre {_FR_NOUN}",
        rf"(?:ne |n |de ne |de n )?(?:m|me|nous|m en) (?:ecrivez|ecris|contactez|contacte|contactes|envoyez|envoie|envoies|derangez|derange|parlez|parle|sollicitez|sollicite|embetez|relancez|harcelez|spammez|en envoyez)(?: (?:plus|pas))(?: jamais)?(?: (?:rien|(?:{_FR_ANY}){_FR_NOUN}))?{_FR_TAIL}",
        rf"(?:merci |priere |veuillez |je vous (?:prie|demande|remercie) )(?:de )?(?:ne |n )?(?:plus|pas|arreter de|cesser de|stopper)(?: jamais)? (?:{_FR_ACT}|(?:m en|en|m) envoyer|(?:{_FR_ANY}){_FR_NOUN}){_FR_TAIL}",
        rf"(?:de |a )?ne plus (?:jamais )?(?:{_FR_ACT}|m en envoyer)(?: {_FR_ANY}{_FR_NOUN})?{_FR_TAIL}",
        rf"(?:laissez|laisse|lachez|lache|foutez|fichez|fiche|fous) (?:moi|nous)(?: donc)?(?: (?:tranquilles?|en paix|la paix|les baskets|la grappe))(?: (?:avec|maintenant) ?(?:{_FR_ANY}{_FR_NOUN})?)?|(?:foutez|fichez|fiche|fous) le camp|lachez moi|degagez?|la paix",
        rf"(?:je |j )?(?:veux |souhaite |voudrais |aimerais |desire )?(?:me |m |se )?(?:desabonner|desinscrire|desabonne|desinscris)(?: (?:de|des|d|a) {_FR_ANY}(?:{_FR_NOUN}|tout|tout ca|{_FR_LIST}|ici))?",
        rf"(?:desabonnez|desinscrivez|retirez|supprimez|enlevez|desabonne|desinscris|effacez|otez|sortez|rayez|retire|supprime|enleve|sors|vire|virez) (?:moi|mon (?:numero|compte|nom|contact)|mes coordonnees|nous)(?: (?:de|des) (?:{_FR_LIST}|{_FR_ANY}{_FR_NOUN}))?|(?:merci de |veuillez |pouvez vous |priere de )(?:me |m )(?:desinscrire|desabonner|(?:retirer|supprimer|enlever|rayer|sortir) de {_FR_LIST})",
        rf"(?:j en ai )?(?:ras le bol|ras le cul|marre|assez|plein le dos|ca suffit|y en a marre|ca suffit avec)(?: (?:de|d|avec|des)) ?(?:recevoir )?{_FR_ANY}{_FR_NOUN}{_FR_TAIL}",
        r"(?:je )?(?:retire|revoque|annule) mon (?:consentement|accord|autorisation)(?: [\w ]{3,40})?|(?:vous n avez |tu n as )?(?:pas|plus) (?:mon|l|d) ?(?:consentement|autorisation|accord)(?: de m \w+| pour me \w+)?",
    ),
    weak=(rf"(?:pas de|aucun|aucune) {_FR_NOUN}", r"ca suffit|(?:j en ai )?(?:ras le bol|marre)(?: de vos (?:messages|dms?))?|stop ca|arretez ca"),
    bare=(r"(?:arret|arrete|arretez|arreter|stop|stopper|stoppez|cessez|desabonner|desabonnement|desinscription|desinscrire|fin)(?: moi| tout)?|(?:laissez|laisse|lachez) moi",),
    start=(r"(?:commencer|recommencer|reprendre|demarrer|redemarrer|reabonner|s abonner|reprenez|recommencez|reabonnez moi)(?: les messages)?|(?:vous pouvez|tu peux) (?:a nouveau |de nouveau )?(?:m ecrire|me contacter)(?: a nouveau| de nouveau)?",),
    soft=(
        "merci d|merci de|je demande d|je vous demande d|merci|merci beaucoup|merci d avance|maintenant|tout de suite|immediatement|bonjour|bonsoir|salut|et|s il te plait|s il vous plait|svp|stp|"
        "sil vous plait|sil te plait|non merci|non|putain|bordel|pitie|la|bon|ca suffit|desole|desolee|je vous en prie|je vous prie|pouvez vous|peux tu|tu peux|"
        "vous pouvez|pourriez vous|j ai dit|pas interesse|pas interessee|veuillez|encore une fois|cordialement|bonne journee|priere|c est bon|ras le bol"
    ),
    our_writing=r"desabonn\w+|desinscri\w+|m ecri\w+|spammer|vos (?:messages|dms?|pubs?)|sollicit\w+",
)  # fmt: skip

# ------------------------------------------------------------------ Spanish
_ES_NOUN = r"(?:mensajes?|mensajitos|msjs?|mjs|dms?|mds?|privados|spam|publicidad|notificaciones|correos|avisos|promociones|propaganda|whatsapps|textos|cosas|ofertas|recordatorios)"
_ES_ANY = r"(?:(?:de|los|las|el|la|sus|tus|vuestros|estos|esos|mas|otros|otro|otra|ningun|tantos|tanto|tanta|tu|su|con|a|todos|ya|tener|este|ese|ni un|ni|sus) )*"
_ES_ACT = (
    r"(?:escribir|mandar|enviar|molestar|contactar|hablar|spamear|llamar|fastidiar|joder|acosar|bombardear|textear)"
)
_ES_SUBJ = r"(?:escrib(?:as|a|an|ais|ir)|envi(?:es|e|en|eis)|mand(?:es|e|en|eis)|contact(?:es|e|en|eis)|molest(?:es|e|en|eis)|habl(?:es|e|en|eis)|spame(?:es|e|en|eis)|bus(?:ques|que|quen)|jod(?:as|a|an|ais)|acos(?:es|e|en))"
_ES_TAIL = rf"(?: (?:mas|nunca mas|nunca|jamas|nada|nada mas|ninguno mas|ya|de nuevo|otra vez|por aqui|tuyos|suyos|vuestros|de ustedes|de vosotros|{_ES_ANY}{_ES_NOUN}))*"
_ES_LIST = r"(?:(?:la|su|tu|vuestra|esta|esa|sus|tus|todas|las) )*(?:listas?|base|contactos|suscripcion)(?: de (?:contactos|correos?|difusion|mensajes|clientes|distribucion|datos))?"

SPANISH = WishWords(
    strong=(
        rf"(?:deja|deje|dejen|dejad|para|pare|paren|parad|basta|cesen|cese|dejes|detengan)(?: ya)?(?: (?:de|con))(?: una vez de)? (?:{_ES_ACT}(?:me|nos)|molestar|spamear|escribir|joder|acosar|fastidiar){_ES_TAIL}",
        rf"(?:no )(?:me |nos )(?:vuelv(?:as|a|an|ais) a )?{_ES_SUBJ}(?:me)?{_ES_TAIL}|no {_ES_SUBJ}(?:me|nos){_ES_TAIL}|no {_ES_SUBJ}(?: mas| nunca mas| nunca)+",
        rf"no (?:vuelv(?:as|a|an|ais)) a (?:{_ES_ACT})(?:me|nos){_ES_TAIL}|no me vuelv(?:as|a|an|ais) a (?:{_ES_ACT}){_ES_TAIL}",
        rf"(?:ya )?no (?:quiero|deseo|necesito|quisiera)(?: seguir)?(?: (?:recibir|recibiendo|ver|tener))? (?:{_ES_ANY}(?:mas|sus|tus|vuestros|estos|esos|ningun|recibir) (?:{_ES_ANY}){_ES_NOUN}|nada (?:de ustedes|de vosotros|tuyo|mas de \w+)){_ES_TAIL}|(?:ya )?no (?:quiero|deseo) (?:seguir )?recib(?:ir|iendo) {_ES_ANY}{_ES_NOUN}{_ES_TAIL}",
        rf"(?:ya )?no (?:quiero|deseo) que (?:me |nos )?{_ES_SUBJ}{_ES_TAIL}|(?:ya )?no (?:quiero|deseo) (?:que me contacten|ser contactad[oa]|saber (?:nada )?(?:mas )?de (?:ustedes|vosotros|ti)){_ES_TAIL}",
        rf"(?:ya )?(?:no|ni un|ningun|cero)(?: mas)? mas {_ES_NOUN}{_ES_TAIL}|(?:no|ni un|ningun|cero) mas {_ES_NOUN}{_ES_TAIL}|para(?: ya)? con {_ES_ANY}(?!cosas){_ES_NOUN}|ni un (?:solo )?{_ES_NOUN} mas|(?:ya )?(?:basta|suficiente|harto|harta|cansad[oa]|paren|parad|pare|alto)(?: ya)? (?:de|con|a) {_ES_ANY}(?!cosas){_ES_NOUN}{_ES_TAIL}|(?:basta|stop|paren|parad) {_ES_ANY}(?!cosas){_ES_NOUN}",
        r"(?:quiero |quisiera |deseo |necesito |me gustaria )?(?:darme|dame|deme|denme|dadme|darnos) de baja(?: (?:de|en|del?) [\w ]{2,30}| ya)?|me (?:doy|quiero dar|dan|das) de baja|(?:como|donde) me doy de baja",
        rf"(?:dejame|dejeme|dejenme|dejadme|dejennos|me (?:dejan|dejas|dejais|dejen|dejes))(?: ya)? (?:en paz|tranquil[oa])(?: (?:con|de) {_ES_ANY}{_ES_NOUN})?",
        rf"(?:borr|elimin|quit|sac|suprim|remuev)(?:a|e|en|ad|an|uen)?(?:me|nos)?(?: mi (?:numero|cuenta|contacto|nombre))? de {_ES_LIST}|(?:borrame|borrenme|borradme|quitame|quitenme|quitadme|quiteme|eliminame|eliminenme|eliminadme|sacame|saquenme|sacadme|saqueme|borreme|elimineme) de {_ES_LIST}|(?:desuscrib|dessuscrib)(?:ir|ir?me|irse|eme|ame|anme|idme)(?: de {_ES_ANY}(?:{_ES_NOUN}|{_ES_LIST}|todo|esto))?",
        rf"(?:quiero )?cancel(?:ar|a|en|e|ad)(?: (?:mi|la))? suscripcion(?: (?:a|de) {_ES_ANY}{_ES_NOUN})|(?:quiero )?cancel(?:ar|a|en|e|ad) {_ES_ANY}(?!cosas|correos|ofertas){_ES_NOUN}|cancelar suscripcion|darse de baja",
        r"(?:retiro|revoco|no (?:he dado|di|doy)) (?:mi )?(?:consentimiento|permiso|autorizacion)(?: [\w ]{3,40})?|no autorizo (?:estos|mas|sus) mensajes",
        r"(?:largo de aqui|vete|vayanse|larguense|piérdanse|pierdanse|vete a la mierda|callate)(?: bot)?",
    ),
    weak=(r"(?:ya )?(?:no mas|basta|basta ya|ya basta|ya estuvo|ninguno mas|no me (?:envi|mand)(?:es|e|en|eis) (?:nada|ninguno) mas)", rf"no (?:quiero|deseo) {_ES_NOUN}"),
    bare=(r"(?:dar de baja|alto|parar|pare|paren|para ya|baja|basta|basta ya|ya basta|detener|stop|desuscribir|fin)",),
    start=(r"(?:empezar|comenzar|reanudar|darme de alta|iniciar|suscribirme|reactivar|volver a empezar)(?: (?:los )?mensajes)?|(?:ya )?(?:pueden|puedes|podeis) (?:volver a )?escribirme(?: de nuevo| otra vez)",),
    soft=(
        "quiero que|me gustaria que|por favor|porfavor|porfa|xfa|xfavor|pf|gracias|muchas gracias|hola|buenas|buenos dias|buenas tardes|ya|ahora|oye|que|y|cono|joder|hostia|carajo|bot|"
        "de verdad|en serio|ya estuvo|lo siento|perdon|si es tan amable|por dios|pueden|puede|puedes|podeis|podrian|os pido que|les pido que|te pido que|"
        "he dicho que|solicito que|agradeceria que|no gracias|no me interesa|saludos"
    ),
    our_writing=r"mensajes?|spam|escrib\w+|suscripcion|molest\w+|agobian",
)  # fmt: skip

# ------------------------------------------------------------------ Italian
_IT_NOUN = (
    r"(?:messaggi|messaggio|msg|dm|mp|notifiche|mail|email|pubblicita|spam|promozioni|sms|newsletter|avvisi|offerte)"
)
_IT_ANY = r"(?:(?:i|gli|le|la|il|con|di|dei|sti|ste|questi|queste|questo|vostri|vostre|tuoi|tue|suoi|altri|altre|altra|piu|nessun|nessuno|tutti|da|a|ai|voi) )*"
_IT_ACT = r"(?:scriver|mandar|inviar|contattar|disturbar|cercar|tormentar|infastidir|spammar|stressar|messaggiar|importunar|romper)"
_IT_IMP = r"(?:scriv(?:ere|ermi|erci|ete|etemi|a|imi|i|ano)|contatt(?:are|armi|arci|ate|atemi|ami|i|ino|a)|mand(?:are|armi|ate|atemi|ami|i|ino|arci)|invi(?:are|armi|ate|atemi|ami|i|ino)|disturb(?:are|armi|ate|atemi|arci|i|ino)|cerc(?:atemi|armi|are)|romp(?:etemi|ermi|ete))"
_IT_TAIL = (
    rf"(?: (?:piu|mai piu|mai|piu niente|niente|nulla|altro|ancora|qui|per favore|da voi|da te|{_IT_ANY}{_IT_NOUN}))*"
)
_IT_LIST = r"(?:(?:lista|liste|vostra lista|tua lista|mailing list|vostra mailing list|rubrica|database|elenco|newsletter)|(?:vostra|tua|vostre|vostri|sua) (?:lista|liste|rubrica|contatti))(?: (?:di |dei )?(?:contatti|messaggi|clienti|distribuzione))?"

ITALIAN = WishWords(
    strong=(
        rf"(?:smettila|smettetela|smetti|smettete|smetta|smettere|finitela|finiscila|piantala|piantatela|basta|stop)(?: ora| subito| per favore| bot)?(?: (?:di|con|a|da|i|il|ai))? (?:{_IT_ACT}(?:mi|ci|e)(?: {_IT_ANY}{_IT_NOUN})?|{_IT_ANY}{_IT_NOUN}){_IT_TAIL}",
        rf"(?:non|mai piu)(?: (?:mi|ci))? (?:dovete |devi |voglio che mi |serve |occorre |c e bisogno di )?(?:piu )?{_IT_IMP}{_IT_TAIL}",
        rf"(?:non (?:voglio|desidero|vorrei) )(?:piu )?(?:ricevere |avere |vedere )?(?:{_IT_ANY}){_IT_NOUN}{_IT_TAIL}|non (?:voglio|desidero) (?:piu )?(?:essere (?:contattat[oa]|disturbat[oa])|sentirvi|sentir(?:e|vi)?(?: parlare)? (?:piu )?(?:da|di) voi|che mi (?:scriviate|contattiate|mandiate {_IT_ANY}{_IT_NOUN})){_IT_TAIL}",
        rf"non (?:serve|occorre|c e bisogno) che mi (?:scriviate|contattiate|mandiate(?: {_IT_ANY}{_IT_NOUN})?){_IT_TAIL}",
        rf"(?:niente|nessun|nessuno|mai|basta|stop) (?:piu|altri|altro) {_IT_NOUN}{_IT_TAIL}|(?:niente|nessun) {_IT_NOUN} piu|piu nessun {_IT_NOUN}|nessun altro {_IT_NOUN}",
        r"(?:lasciami|lasciatemi|lasciateci|mi lasci|mi lasciate)(?: (?:in pace|stare|perdere|tranquill[oa]))(?: con (?:i |questi |sti )?(?:messaggi|dm))?",
        rf"(?:voglio |vorrei |desidero |come faccio a )?(?:disiscrivermi|cancellarmi|annullare l iscrizione|disdire l iscrizione)(?: (?:da|dai|dalla|dalle) [\w ]{{2,30}})?|(?:mi )?(?:rimuov(?:imi|etemi|ete|i|a)|cancell(?:ami|atemi|ate|a)|togli(?:mi|etemi|ete)?|levatemi|levami|eliminatemi|eliminami|disiscriv(?:imi|etemi|ete)|depennatemi)(?: (?:da|dalla|dalle|dai|dal) (?:{_IT_LIST}|{_IT_ANY}{_IT_NOUN}|qui))|(?:cancella|cancellate|annulla|annullate|disdici) (?:la )?mia iscrizione|(?:disiscriv(?:imi|etemi)|cancellatemi|cancellami)",
        rf"(?:mi )?(?:avete|hai|ha) (?:rotto|stufato|stancato|stressato|scocciato)(?: (?:con|di))? {_IT_ANY}{_IT_NOUN}|(?:sono )?(?:stufo|stufa|stanco|stanca) (?:di|dei) (?:ricevere )?{_IT_ANY}{_IT_NOUN}",
        r"(?:revoco|ritiro|nego) (?:il )?(?:mio )?consenso(?: [\w ]{3,40})?|non (?:ho|avete) (?:mai )?(?:dato |il )(?:mio )?consenso(?: [\w ]{3,30})?",
        r"(?:sparisci|sparite|vattene|andatevene|andate via|vai via)(?: bot)?|(?:ferma|fermate|disattiva|disattivate|spegni|blocca|bloccate|interrompi|interrompete) (?:i |il |questi |sti )?(?:messaggi|bot|notifiche)",
    ),
    weak=(rf"(?:niente|nessun|basta) {_IT_NOUN}", r"basta cosi|ora basta|non voglio piu niente|mi avete stufato"),
    bare=(r"(?:ferma|fermati|fermatevi|fermo|smettila|smettetela|smetti|smettete|basta|stop|disiscriviti|disiscrizione|annulla iscrizione|disdici|disdire|disiscrivermi|finitela)",),
    start=(r"(?:inizia|riprendi|ricomincia|riprendere|ricominciare|riattiva|iscrivimi|avvia|iniziare)(?: (?:i )?messaggi)?|(?:potete|puoi) (?:di nuovo )?scrivermi(?: di nuovo| ancora)?",),
    soft=(
        "vi prego di|ti prego di|siete pregati di|per favore|perfavore|x favore|per piacere|per cortesia|cortesemente|gentilmente|grazie|grazie mille|subito|adesso|ora|ciao|salve|buongiorno|buonasera|"
        "e|vi prego|ti prego|bot|no grazie|no|dai|ho detto|mi raccomando|scusate|scusa|mi dispiace|potete|puoi|potreste|vi chiedo di|non mi interessa|basta|"
        "cavolo|cazzo"
    ),
    our_writing=r"messaggi|scriver\w*|scrivet\w*|spam|iscrizione|disturb\w+",
)  # fmt: skip

# ------------------------------------------------------------------ Portuguese
_PT_NOUN = r"(?:mensagem|mensagens|dms?|spam|notificacoes|notificacao|emails?|publicidade|propagandas?|sms|promocoes|avisos|contatos?|contactos?|newsletters?|textos|recados)"
_PT_ANY = r"(?:(?:de|do|da|das|dos|a|as|o|os|com|essas|esses|estas|estes|essa|esse|suas|seus|vossas|vossos|tuas|mais|nenhuma|nenhum|outras|outra|novas|todas|tanta|tantas|mandar|enviar) )*"
_PT_ACT = (
    r"(?:mandar|enviar|escrever|contactar|contatar|incomodar|chatear|spamar|perturbar|encher|ligar|falar|importunar)"
)
_PT_SUBJ = r"(?:escrev(?:am|a|as|e|em)|mand(?:em|e|es|a|am)|envi(?:em|e|es|a|am)|contact(?:em|e|es|a|am)|contat(?:em|e|es|a|am)|incomod(?:em|e|es|a|am)|chatei(?:em|e|es|a|am)|perturb(?:em|e|es|a|am)|fal(?:em|e|es|a|am)|procur(?:em|e|es))"
_PT_TAIL = rf"(?: (?:mais|nunca mais|nunca|nada|mais nada|por aqui|aqui|para mim|pra mim|comigo|agora|ja|outra vez|de novo|{_PT_ANY}{_PT_NOUN}))*"
_PT_LIST = r"(?:(?:da|dessa|desta|de|do|dos|das) )?(?:(?:sua|vossa|tua|suas|vossas|seus|vossos|essa|esta) )*(?:listas?|mailing|base|cadastro|contatos|contactos|newsletter)(?: de (?:contactos?|contatos?|transmissao|mensagens|emails?|clientes|envios?))?"

PORTUGUESE = WishWords(
    strong=(
        rf"(?:para|pare|parem|parar|deixa|deixe|deixem|chega|basta|chega ja)(?: (?:ja|ai|logo|bot))?(?: (?:de|com|a))?(?: (?:me|nos))? (?:{_PT_ACT})(?: (?:me|nos))?{_PT_TAIL}",
        rf"(?:chega|basta|stop|parem|pare|para|parar)(?: (?:de|com|as|a))? {_PT_ANY}{_PT_NOUN}{_PT_TAIL}",
        rf"(?:nao|nunca mais|nunca)(?: (?:me|nos|precisam? (?:mais )?de me|precisam? mais))? (?:voltem a |volte a |voltes a )?(?:{_PT_SUBJ}|{_PT_ACT})(?: (?:me|nos))?(?: (?:mais|nunca mais|nada|mais nada|{_PT_ANY}{_PT_NOUN}))+{_PT_TAIL}|nao (?:me {_PT_SUBJ}|{_PT_SUBJ} me){_PT_TAIL}",
        rf"(?:ja )?nao (?:quero|desejo|preciso|gostaria)(?: mais)?(?: de)?(?: (?:receber|ver|ter))? (?:{_PT_ANY})?{_PT_NOUN}{_PT_TAIL}|(?:ja )?nao (?:quero|desejo) (?:mais )?(?:que (?:me )?{_PT_SUBJ}(?: me)?|ser contact?ad[oa]|saber (?:mais )?de voces|receber (?:mais )?nada){_PT_TAIL}",
        r"nao (?:me )?entr(?:em|e|es) (?:mais )?em conta(?:c?to)(?: comigo| mais)*",
        rf"(?:nenhuma|sem|nem mais uma) (?:mais )?{_PT_NOUN}(?: mais)?(?: por favor)?{_PT_TAIL}",
        rf"(?:me )?(?:tira|tire|tirem|remova|remove|removam|remover|retira|retire|retirem|exclui|exclua|excluam|excluir|apaga|apague|apaguem|elimine|eliminem|risquem)(?: me)?(?: (?:o meu|meu) (?:numero|contato|contacto|nome))? {_PT_LIST}|(?:eu )?(?:quero |gostaria de |desejo |queria )?(?:me )?(?:descadastr(?:a|e|em|ar|o)|desinscrev(?:e|a|am|er)|desinscricao|descadastro)(?: me)?(?: {_PT_LIST})?",
        rf"(?:eu )?(?:quero |gostaria de |desejo |queria |preciso |como faco para )?(?:me )?(?:sair|cancelar|anular|encerrar|desinscrever me|descadastrar me)(?: (?:de|desta|dessa|da|a|as|o|os|minha|meu|essas|estas))*(?: (?:{_PT_LIST}|(?:inscricao|subscricao|assinatura) (?:nas|das|de) {_PT_NOUN}|{_PT_NOUN}|cadastro|inscricao|subscricao))",
        r"(?:me )?(?:deixa|deixe|deixem)(?: me)?(?: ja)? (?:em paz|sossegad[oa]|quiet[oa])(?: com (?:essas|estas|as) mensagens)?",
        rf"(?:nao autorizei|nao autorizo|nunca autorizei|retiro|revogo|retiro o|revogo o)(?: (?:o|a))?(?: (?:meu|minha|este|esse|essas|estas|esta))? (?:consentimento|autorizacao|{_PT_NOUN})(?: [\w ]{{3,30}})?",
        rf"(?:estou )?(?:farto|farta|cansado|cansada|cheio|cheia) (?:de|dessas|destas|das) (?:receber )?{_PT_ANY}{_PT_NOUN}|(?:some|sumam|suma|desaparece|desaparecam)(?: daqui| bot)?",
    ),
    weak=(rf"(?:nao quero|sem) {_PT_NOUN}", r"chega|ja chega|nao quero mais(?: nada)?|nao autorizei (?:esse|este) (?:contato|contacto)"),
    bare=(r"(?:sair|parar|pare|parem|chega|basta|cancelar inscricao|descadastrar|descadastro|stop|remover|fim)",),
    start=(r"(?:comecar|recomecar|retomar|voltar a receber|reativar|quero receber|inscrever me|reiniciar)(?: (?:as )?mensagens)?|(?:podem|pode) voltar a escrever(?: me)?",),
    soft=(
        "por favor|pf|pfv|pfvr|se faz favor|sff|obrigado|obrigada|muito obrigado|muito obrigada|ola|oi|bom dia|boa tarde|boa noite|ja|agora|e|eu|bot|gente|"
        "pessoal|serio|de verdade|desculpe|desculpem|podem|pode|voces podem|peco que|ja disse|ja disse para|ja disse que|nao obrigado|nao obrigada|caramba|"
        "porra|logo|tem como"
    ),
    our_writing=r"mensage(?:m|ns)|escrev\w+|spam|contat\w+|contact\w+",
)  # fmt: skip

LANGUAGES = (GERMAN, FRENCH, SPANISH, ITALIAN, PORTUGUESE)
