"""Feeds become immutable snapshots, published by one pointer."""
