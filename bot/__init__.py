"""giftbot's wiring: everything that runs as a process, and nothing imports it from below.

x          what X speaks: signatures, events, the tweepy client, published limits
store      the only code that speaks Redis: the door, turns, outbox, quotas, leases
intake     the public door: CRC, signed webhooks, opt-out
dialogue   one turn at a time: Rasa's agent in, one Send out
sending    the paced way out: claim, call X, settle; looks before it repeats
sandbox    X's side on loopback, for the demo and the tests
demo       starts everything, serves the chat page, talks in a terminal
rasa_host  Rasa without TensorFlow, its hot spots mended, its command line
ops        health, readiness and metrics over HTTP, for every role
wiring     builds each role from settings; the only place concrete parts meet

model, errors, settings, clock, log and metrics are the words all of them share.
"""

__version__ = "0.1.0"
