"""Papertally: which models, datasets, metrics and methods papers name, with the sentences."""

__version__ = "0.1.0"
