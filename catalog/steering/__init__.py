"""What merchandisers put forward, hold back, pin or hide: data with author, reason, start and end."""
