"""The Rasa components around the grammars; the only part of nlu that imports Rasa."""
