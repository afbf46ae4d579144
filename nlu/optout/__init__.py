"""Stop and start wishes in six languages, by a grammar of what words do; no model, no Rasa."""
