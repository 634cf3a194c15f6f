"""What can go wrong between us and a provider."""

from ingest.errors import InputError


class FetchError(InputError):
    """A provider cannot be asked, or answers nothing usable. What came before is kept."""


class FetchUsage(FetchError):
    """The call or a setting has to be changed."""

    exit_code = 2


class WrongResponse(Exception):
    """A response that is not what the provider documents; it may be right when asked again."""


class ExpiredListing(Exception):
    """The provider does not go on with this listing; it has to be begun anew."""
