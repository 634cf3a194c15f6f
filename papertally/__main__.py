"""`python -m papertally` is the papertally command."""

from papertally.cli import main

main()
