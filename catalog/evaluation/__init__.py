"""The ranking measured on time splits, beside its peers."""
