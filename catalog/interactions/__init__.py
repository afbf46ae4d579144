"""What shoppers did with products: read, kept, forgotten."""
