"""From a checked build file to what readers see, what is kept of it, and the way back."""
