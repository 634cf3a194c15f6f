"""The steps between files and published counts, each usable alone; a command runs them in order."""
