"""Where settings become parts that work together: the roles, the catalogue's parts, the check of every connection."""
