"""One request against one shelf: bounds, score, variety, reasons, relaxations."""
