"""Occasions and their dates, feasts by country, and by when the gift must arrive."""
