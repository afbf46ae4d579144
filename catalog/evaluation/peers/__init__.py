"""Rankings that others use, each as well as its authors describe it, to stand beside giftbot's in one contest."""
