"""What is kept of one shopper beyond a talk, and how all of it goes.

consents      who allowed what, when and how; withdrawals: what they took back, past a restored backup
shopper_data  where something of a shopper can lie, and whose it is (dates: how old)
finding       looks for it; forgetting: deletes it
"""
