"""What the shopper wants: features of a message, a two-headed linear model, its training."""
