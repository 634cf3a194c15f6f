"""How good the mentions are, measured against labelled text."""
