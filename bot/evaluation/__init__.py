"""``giftbot eval``: labelled messages through the trained model, and a baseline's beside it. See docs/measuring.md."""
