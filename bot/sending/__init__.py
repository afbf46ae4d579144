"""The paced way out: claim, call X, settle; where the outcome is unknown, look before sending again.

sender      the loop: what is due, may it go, call X, tell the store
outcomes    what an answer or a failure of X means for a Send; pure
ports       what the sender needs of X
"""
