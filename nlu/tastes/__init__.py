"""What is liked and what is ruled out, in the shopper's own words."""
