"""Feeds fetched from the merchant's address on a schedule, with no way into private networks."""
