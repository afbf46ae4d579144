"""From an answer, or a department's wish, to what X took.

outbox     Sends in lanes per shopper: claim and settle (claims, box, sends)
proposals  what departments and people do with Sends; listing, figures: for who looks
room       what the governor says of them when asked, shared budgets counted
words      what the word about a long wait needs
holds      sending paused by people; quotas: X's allowance and shared budgets
records    what turns came to
tokens     the account's OAuth 2.0 pair
"""
