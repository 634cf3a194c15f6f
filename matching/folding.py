"""Text in one case, byte for byte, so that offsets survive."""

from typing import Final

FOLD: Final = bytes(
    byte + 32 if 65 <= byte <= 90 else 32 if byte in b"\t\n\r\v\f" else byte for byte in range(256)
)
"""A-Z to a-z, line breaks and tabs to a space."""
