"""One module a command: what it asks for, whom it calls, and what a person is told."""
