"""The budget a message names: text in, one range with its currency out; never a phone number, an age or a date."""
