"""What interactions teach: which products go together, what sells, when."""
