"""Who the gift is for: relations, how many, ages, gender; several recipients kept apart."""
