"""From X's delivery to the end of a turn.

door          duplicates, wishes to stop or start, echoes of our own messages
queued        what waits, as values; windows: an owner's view of the queue; backlog: how much waits
turns         messages handed out, tried (tries) and ended in one commit (ending)
leases        one owner a partition; workers: who is alive and owns what
talks         who answers in a talk; dead: messages given up
gaps          stretches of time in which something may have been missed
interactions  what shoppers did with what was shown, until the ledger has it
"""
