"""One module a command that does not fit in a few lines of `papertally/cli.py`."""
