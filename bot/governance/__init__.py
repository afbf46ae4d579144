"""Which outgoing message may go, when, and why not: decisions without input or output, the same for every department.

rules      the brand's rules as values; ``rule_file`` reads them from text by the forms in ``rule_forms``
facts      what a decision looks at: the shopper's consent, and what was handed to X for them before
verdict    go, wait until, never; with a reason code (``reasons``) and a sentence
judging    may_send: a Send, the facts and the rules in, a Verdict out; by ``refusals`` and ``holds``
budgets    the limits many shoppers' messages share: budgets (windows to find room in), over_budget, followed_by
text_mark  the fingerprint equal texts share
"""
