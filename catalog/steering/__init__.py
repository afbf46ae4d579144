"""What merchandisers want shown more, less, first or not at all: data with author, reason, start and end."""
