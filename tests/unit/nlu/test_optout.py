"""Who asks us to stop is obeyed at once; who merely says the word is not silenced."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.optout.wishes import OptWish, read_wish

STOPS = """STOP|stop|Stop.|stop!|stop please|please stop|pls stop|STOP STOP STOP|stop now|ok stop|just stop|STOPALL|stop all
UNSUBSCRIBE|unsubscribe me|unsubscribe please|END|QUIT|OPT OUT|opt-out|optout|opt me out|I want to opt out|i'd like to opt out please
stop messaging me|stop texting me|please stop sending me messages|stop sending me these|stop dming me|Stop DMing me!|stop writing to me
stop contacting me|can you stop messaging me|could you please stop texting me|don't message me again|dont text me anymore
do not contact me again|never message me again|don't send me any more messages|don't send me messages|no more messages
no more dms please|no more texts|take me off your list|remove me from this list|take me off the mailing list|leave me alone
leave me alone!!|go away|i don't want to hear from you again|I don't want any more messages|i dont want these messages
I no longer wish to be contacted|i do not wish to receive any more messages|unsubscribe me from this|I want to unsubscribe
i revoke my consent|STOP, I did not sign up for this|Stop. I don't want these messages|stop this bot|enough, stop|I said stop
thanks but please stop messaging me|ok thanks, stop messaging now|hey, leave me alone please|quit messaging me|stop spamming me
how do i unsubscribe|how do I opt out?|you can stop messaging me now|get out of my dms|🛑|stop 🛑|s t o p|ＳＴＯＰ|stop\u200b
STOP!!!|"STOP"|Stop, thanks|no thanks, stop|stop it|make it stop|im done, stop texting|don't contact me|stop pls 🙏|cease and desist
I don’t want to receive messages anymore|Don’t text me anymore|cancel these messages|turn off these messages|fuck off
stopp|abmelden|bitte keine nachrichten mehr|hör auf mir zu schreiben|schreib mir nicht mehr|lass mich in ruhe|melde mich ab
arrêtez|désabonner|plus de messages|ne m'écrivez plus|arrêtez de m'écrire|laissez-moi tranquille|je ne veux plus recevoir de messages
alto|baja|no me escribas más|deja de escribirme|no quiero más mensajes|darme de baja|déjame en paz|no me envíes más mensajes
no more. your messages annoy me|let me go, stop texting me|ok 🛑|🛑🛑 please
basta|ferma|smettila di scrivermi|non scrivermi più|niente più messaggi|cancellami|disiscrivimi|lasciami in pace"""

NOT_STOPS = """stop me if this is silly|non-stop flights|she can't stop knitting|I stop work at 5|don't stop|start with something cheap
cancel|Cancel.|please cancel|cancel my order|he won't stop talking about golf|never stop exploring mug|bus stop sign|door stop
something to stop her snoring|my ex won't stop texting me|he should stop messaging me|stop showing me candles|stop suggesting books
no more candles|don't send me candles|can I stop by the store?|she wants to quit smoking|quit smoking gift|he quit his job|the end
weekend|end of term gift|by the end of the month|gift for the end of the year|I want to stop overthinking, what do i buy
opt for something cheaper|pit stop gifts for a racing fan|full stop necklace|stop motion animation kit|stop watch|non stop
please don't stop, these are great|one stop shop|she never stops reading|i can't stop laughing|stop it I love these
stop, that's perfect|nothing that needs posting|don't text me pictures of dogs, just ideas|no more than £20|start over
can we start over|what should i start with|she just started knitting|subscription box for dad|magazine subscription
a message in a bottle|text her something cute|no|no thanks|nope|enough|she has enough|remove the second one|take the second one
stop light decor|doorstop|I don't want perfume|I don't want to spend more than 20|don't want candles|not interested in candles
weekend bag for going away|weekend away gift|my friend is going away|leaving gift|alone time gift for mum|let me know|let me think
hi|hello there|gift for my mum|under £20|she loves tea|cheaper please|something else|more like the first|why that one?|thanks!
who are you|are you a bot|can i talk to a person|where is my order|my parcel never arrived|delivery to france?|not candles please
nothing with cats|she hates perfume|already has a kindle|allergic to nuts|no my sister not my mum|I'll take the second one
no budget|money no object|50ish|20-30|about 25|turning 21|he is into stop motion|it ends on friday|when does the sale end?
is the sale ending soon|the offer ends today?|quite nice|quite a lot|I quite like it|he likes quilts|quill pen|endless summer mug
dead end sign|back end developer|he's a tight end|end table|book ends|bookends|opt in or out of gift wrap|she had an operation
what happens if i text stop|stops him being bored|stop gap present|it has to stop leaking, a flask|a stopper for wine bottles
stopping by on friday to collect|does it stop working after a year|where is the nearest bus stop|shut up and take my money
don't bother|leave it with me|leave the mug out|take it off the list|take candles off the list|remove perfume from the list|go on then
alta|Alta!|no more|no more please|no more thanks|let me go|let me go now|ok let me go"""


def phrases(block: str) -> list[str]:
    return [phrase for line in block.splitlines() for phrase in line.split("|")]


@pytest.mark.parametrize("text", phrases(STOPS))
def test_every_wish_to_be_left_alone_is_obeyed(text: str) -> None:
    """A person who asked for silence must not get one message more."""
    assert read_wish(text) is OptWish.STOP


@pytest.mark.parametrize("text", phrases(NOT_STOPS))
def test_an_ordinary_sentence_never_silences_the_shopper(text: str) -> None:
    """A shopper silenced by mistake waits for an answer that never comes."""
    assert read_wish(text) is OptWish.NONE


@pytest.mark.parametrize(
    "text",
    [
        *(
            "start",
            "START",
            "Start!",
            "unstop",
            "UNSTOP",
            "start messages again",
            "you can message me again",
            "opt in",
        ),
        *(
            "turn messages back on",
            "resubscribe",
            "please start again",
            "start messaging me again",
            "message me again",
        ),
        *("wieder starten", "reprendre", "reanudar", "darme de alta", "riprendi"),
    ],
)
def test_who_wants_us_back_gets_us_back(text: str) -> None:
    """The only way out of silence is the shopper's own word."""
    assert read_wish(text) is OptWish.START


@given(st.text(max_size=600))
def test_no_text_at_all_breaks_the_door(text: str) -> None:
    """The door reads hostile text before anything else does."""
    assert isinstance(read_wish(text), OptWish)


@given(
    st.sampled_from(phrases(STOPS)),
    st.sampled_from(["", " ", "\n", "!!", " 😡", "..."]),
    st.sampled_from(["", "ok ", "  "]),
)
def test_shouting_and_trimmings_do_not_hide_a_stop(phrase: str, after: str, before: str) -> None:
    """People shout, add marks and emoji; the wish stays the same."""
    assert read_wish(before + phrase + after) is OptWish.STOP
    assert read_wish(phrase.upper() + after) is OptWish.STOP


@pytest.mark.parametrize("word", ["please ", "stop ", "ok, ", "please stop ", "don't ", "messages "])
def test_a_message_made_to_be_slow_is_read_in_no_time(word: str) -> None:
    """The door must not be held up by one message; the bound is fifty times what it takes."""
    began = time.process_time()
    read_wish(word * 2_000)
    assert time.process_time() - began < 0.25
