"""The gates: what a landed batch and the finished marts must be like before readers see them."""
