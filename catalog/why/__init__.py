"""Asked why: what keeps a product out, and what the answer would be without a part of the past."""
