"""Words that are no thing themselves: what may lead, join, trail, part and end the things of a list."""

# ruff: noqa: E501 - a list of words is checked more easily on long lines
from __future__ import annotations

JOINERS = frozenset({"and", "or", "nor", "n", "plus", "und", "et", "y", "also"})
LEADING = frozenset({"a", "an", "the", "some", "any", "her", "his", "their", "my", "all", "really", "also", "to", "very", "more", "another", "things", "stuff", "anything", "something", "like",
    "related", "with", "of", "kinds", "types", "sorts", "lots", "certain", "especially", "mostly", "mainly", "that", "those", "these", "much", "enough", "being", "at", "in", "about", "kind", "type", "sort", "such", "as", "is", "go", "are", "by", "both", "good", "nice", "new", "old",
    "loads", "tons", "ton", "many", "lot", "plenty", "too", "got", "one", "two", "every", "just", "please", "absolutely", "bit", "quite", "big", "our", "your", "most", "things-like", "getting", "having", "this", "doing", "either", "so", "pretty", "including", "include", "going", "him", "them", "it's",
    "maybe", "perhaps", "obviously", "currently", "recently", "well", "from", "on", "other", "few", "couple", "bunch", "various", "different", "several", "own", "totally", "super", "huge", "great", "watching", "playing", "listening", "else", "random", "general", "generally", "everything", "ie", "eg", "e.g", "i.e", "even", "actual", "actually", "usual", "basic", "only", "whole"})  # fmt: skip
TRAILING = frozenset({"obvs", "ta", "thx", "innit", "duh", "ffs", "tbh", "imo", "mate", "cheers", "please", "pls", "stuff", "things", "thing", "too", "etc", "lol", "haha", "though", "tho", "a", "the", "to", "of", "and", "or", "in", "really", "more", "ones", "related", "either", "then", "thanks", "x", "xx", "atm", "right", "now", "these", "days", "lot", "much", "so", "my", "her", "his", "as", "all", "an", "well", "some", "that", "ideas", "idea", "gifts", "gift", "presents", "present",
    "kind", "type", "like", "currently", "anymore", "lately", "recently", "at", "only", "both", "on", "with", "for", "general", "ect", "similar", "especially", "mostly", "mainly", "is", "are", "sometimes", "often", "always", "together", "items", "item", "types", "everyday", "daily", "obviously", "weirdly", "again", "yet", "already", "him", "them", "year", "years", "products", "maybe", "instead", "any", "just", "very", "else", "last", "before", "after", "next", "ago", "allowed", "back", "here", "there", "around", "out", "up", "over", "us"})  # fmt: skip
SOFT = frozenset(
    {
        "from",
        "with",
        "at",
        "on",
        "by",
        "about",
        "in",
        "as",
        "like",
        "including",
        "especially",
        "specifically",
        "particularly",
        "mainly",
        "mostly",
        "besides",
        "such",
        "eg",
        "e.g",
        "i.e",
        "ie",
        "over",
        "between",
        "toward",
        "towards",
        "around",
        "both",
    }
)
"""Between two things of a far-read list: "books by Ayn Rand", "snacks such as crisps"."""
NEW_SUBJECT = frozenset({"i", "i'm", "we", "she", "he", "they", "it", "she's", "he's", "you", "is", "has", "my", "was", "would", "can", "loves", "likes", "hates", "doesn't", "maybe", "not", "no", "want", "need", "his", "her", "wants", "needs", "lives", "works", "just", "under", "around", "about", "that", "am", "im", "budget", "always", "never", "there", "this", "what", "who", "any", "already",
    "we're", "i've", "i'd", "i'll", "hes", "shes", "he'd", "she'd", "he'll", "she'll", "it's", "its", "they're", "isn't", "don't", "dont", "doesnt", "lets", "let's", "please", "how", "where", "which", "why", "are", "looking", "hoping", "thinking", "help", "so", "then", "but", "if", "when", "since", "something", "anything", "anyone", "thought", "someone", "nothing", "were", "our", "their", "these", "those", "birthday's", "christmas", "all", "too"})  # fmt: skip
"""A new thought begins with these; "and" before them joins no things."""
VERBS = frozenset({"went", "goes", "gets", "said", "says", "told", "made", "makes", "seems", "seem", "lives", "live", "works", "work", "worked", "used", "wishes", "wish", "wants", "wanted", "want", "needs", "needed", "need", "thinks", "think", "thought", "knows", "know", "knew", "comes", "came", "took", "takes", "take", "does", "did", "do", "been", "be", "had", "have", "has", "got", "get", "getting", "give", "gives", "gave", "given", "buy", "buys", "bought", "find", "found", "lived", "moved", "moving",
    "loves", "love", "likes", "enjoys", "enjoy", "enjoyed", "collects", "plays", "played", "reads", "watches", "hates", "hate", "studies", "studied", "graduated", "graduating", "turned", "turning", "turns", "spends", "spend", "keeps", "kept", "can", "could", "will", "would", "should", "may", "might", "must", "wasn't", "won't", "can't", "couldn't", "wouldn't", "isn't", "aren't", "didn't", "don't", "doesn't", "haven't", "hasn't", "hadn't", "shouldn't", "dont", "doesnt", "cant", "wont", "didnt",
    "figured", "figure", "help", "hope", "hoping", "sits", "sit", "stays", "stay", "helps", "feels", "feel", "looks", "look", "sent", "see", "seen", "say", "bring", "brings", "brought", "put", "starts", "started", "decided", "asked", "wear", "wears", "supports", "listens", "married", "recently", "obsessed", "interested", "into", "let", "sees", "tends", "tries", "tried", "try", "mentioned", "talks", "collected", "building", "ended", "belongs", "suggested", "recommend", "giving", "pay", "paying", "considering", "wondering", "am", "wrapped", "lined", "picked", "planned", "ordered", "arrived", "promised", "panicked", "coming", "owns", "reckons", "reckon", "sends", "sprayed"})  # fmt: skip
"""Words of a tale: they end a thing, and no thing of a list begins with them."""
PRONOUNS = frozenset({"i", "you", "she", "he", "they", "we", "it", "me", "us", "i'm", "im", "she's", "he's", "shes", "they're", "we're", "it's", "that's", "there's", "what's", "who's", "i've", "i'll", "you're", "let's", "i'd", "he'd", "she'd", "he'll", "she'll", "they'll", "we'll", "we've", "they've", "you'll", "myself", "himself", "herself", "themselves", "itself", "who", "whom", "which", "what", "there", "here", "someone", "everyone", "anyone", "somebody", "nobody", "hers", "mine", "that", "this", "these", "those", "is", "are", "was", "were", "be", "been", "if", "because", "but", "while", "when", "than", "uses", "able", "not", "no", "how", "why", "whether", "c'mon", "don't", "ours", "theirs", "yours"})  # fmt: skip
"""A passage that holds one of these is a sentence and no thing."""
