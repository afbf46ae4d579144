"""Which outgoing message may go, when, and why not: decisions without input or output, the same for every department.

rules    the brand's rules as data, each with an author and a date (data/governance.yml)
facts    what a decision looks at: the shopper's consent, and what was handed to X for them before
verdict  go, wait until, never; with a reason code and a sentence
judging  may_send: a Send, the facts and the rules in, a Verdict out
"""
