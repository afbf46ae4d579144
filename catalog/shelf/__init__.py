"""A published catalogue in memory, and what its words make plain."""
