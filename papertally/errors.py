"""Errors for people: what was wrong, where, what to do next."""


class PapertallyError(Exception):
    """A run that cannot go on. Readers still see what they saw before.

    Attributes:
        exit_code: 1 where data or build failed, 2 where the call has to be changed.
    """

    exit_code = 1


class UsageError(PapertallyError):
    """The call, a setting or a query has to be changed."""

    exit_code = 2
