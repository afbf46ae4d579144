"""What may be promised of an offer: how old its price and stock are, by when it arrives."""
