"""Wishes to hear from us again, as patterns over a whole message of plain words."""

# ruff: noqa: E501 - a pattern is checked more easily on one line
from __future__ import annotations

import functools
import re

_WRITE = r"(?:messaging|message|texting|text|writing(?: to)?|write(?: to)?|contacting|contact|dming|dm|talking to|talk to|replying to|reply to|answer)"
_MESSAGES = r"(?:(?:your|the|my|these|more|new|those) )?(?:messages|dms?|texts|messaging|updates|notifications|offers|reminders)"
_AGAIN = r"(?: again| once more| back up| back| now| please)"

_PATTERNS = (
    r"(?:start|unstop|un stop|subscribe|re ?subscribe|resume|opt in|opt(?: me)? back in|opt me in|unsilence|unmute|begin|restart|sign me (?:back )?up|subscribe me(?: again)?)",
    r"start (?:it )?(?:up )?(?:again|messages|messaging|messages again|sending|sending again|writing again|back up)",
    rf"(?:start|resume|restart|continue|re ?start) (?:sending |getting |receiving |with )?(?:me )?(?:the |your |my )?{_WRITE}(?: me| us)?{_AGAIN}*",
    rf"(?:start|resume|restart|continue) (?:sending |getting |receiving )(?:me )?{_MESSAGES}{_AGAIN}*",
    rf"you (?:can|may|could) (?:now )?(?:start )?{_WRITE}(?: me)?{_AGAIN}+",
    rf"{_WRITE} me (?:again|once more)",
    r"(?:turn|switch) (?:your |the |my )?(?:messages|dms?|texts|messaging|yourself|it|the bot) (?:back )?on(?: again)?|(?:turn|switch) (?:back )?on (?:the |your )?(?:messages|dms?|texts|bot)",
    rf"i(?: want|d like|d love| would like| changed my mind i want) (?:to )?(?:get |receive |hear |have )?(?:{_MESSAGES}|from you)(?: again| back| from you again| once more)+",
    r"(?:i(?: want|d like|d love| would like) to |)(?:subscribe|opt in|opt back in|sign up|resubscribe|start)(?: again| back| to (?:your |the )?(?:messages|dms))+",
    r"(?:please )?(?:come back|im back|talk to me again)",
    r"(?:wieder )?(?:starten|anmelden|fortsetzen|weitermachen|neu starten)|(?:wieder )?(?:schreiben|nachrichten)(?: bitte)? (?:wieder )?(?:starten|erlauben|an)|(?:du|sie|ihr) (?:kannst|konnen|konnt|darfst|durft|durfen) (?:mir )?wieder schreiben",
    r"(?:commencer|recommencer|reprendre|demarrer|redemarrer|reabonner|s abonner|reprenez|recommencez|reabonnez moi)(?: les messages)?|(?:vous pouvez|tu peux) (?:a nouveau |de nouveau )?(?:m ecrire|me contacter)(?: a nouveau| de nouveau)?",
    r"(?:empezar|comenzar|reanudar|darme de alta|iniciar|suscribirme|reactivar|volver a empezar)(?: (?:los )?mensajes)?|(?:ya )?(?:pueden|puedes|podeis) (?:volver a )?escribirme(?: de nuevo| otra vez)",
    r"(?:inizia|riprendi|ricomincia|riprendere|ricominciare|riattiva|iscrivimi|avvia|iniziare)(?: (?:i )?messaggi)?|(?:potete|puoi) (?:di nuovo )?scrivermi(?: di nuovo| ancora)?",
    r"(?:comecar|recomecar|retomar|voltar a receber|reativar|quero receber|inscrever me|reiniciar)(?: (?:as )?mensagens)?|(?:podem|pode) voltar a escrever(?: me)?",
)


@functools.cache
def _wish() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))


def wants_us_back(clause: str) -> bool:
    """Whether plain words (nlu/optout/plain.py), politeness taken off, ask us to write again."""
    return _wish().fullmatch(clause) is not None
