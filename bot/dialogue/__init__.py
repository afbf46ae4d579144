"""One turn at a time: a message in, Rasa's agent, one commit out. Owns rasa (with nlu.components and bot.rasa_host).

worker            owns its share of the partitions by lease, reads their turns
sharing           which worker should own which partitions
bursts            which waiting messages are one turn, and whether to wait for more
answering         one turn: tried, thought through, committed once; buried where it cannot be answered
silence           when the bot keeps silent, and what a turn leaves of that
agent             Rasa's agent, loaded once; one message through it gives a Handled turn
channel           collects what Rasa says, piece by piece
replies           folds the pieces into one direct message and the record of the turn
tracker_store     stages Rasa's save, so that the turn commits once; trims what is kept of a talk
action_endpoints  custom actions over HTTP or in this process, failing loudly
"""
