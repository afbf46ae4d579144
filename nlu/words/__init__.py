"""A message made safe to read, its words with their places, and the word lists of data/lookups ready for look-up."""
