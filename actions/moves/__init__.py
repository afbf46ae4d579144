"""The Action classes rasa_sdk finds by scanning this package: thin, all deciding is in the modules above.

asking     a request, more about one, an answer to our question, a fresh start, something not understood
refining   cheaper, dearer, more special, more like the second, something else, not that kind
choosing   taking one, why it was shown, what is known of it, two beside each other
service    questions to the shop; a person please; what is kept, and letting go of it
"""
