"""The vocabulary in `seeds/`: what review adds to it, and the weights learned from it."""
