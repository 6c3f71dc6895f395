"""Takes personal data and keys out of texts that are not meant for the case's own people, such as logs."""

import re
from collections.abc import Mapping
from typing import Any

HIDDEN = "***"

#: The value of such a field is hidden whole, whatever it looks like.
_SECRET_NAME = re.compile(r"password|passwd|token|secret|authorization|cookie|aes_?key|api_?key", re.IGNORECASE)

# The first alternative that fits at a place wins, so what must stay readable stands first.
_FINDS = re.compile(
    r"""
      (?P<keep>
          (?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f])   # UUID
        | (?<![\w-])20\d{6}-\d{4}(?!\d)                                                            # work order
      )
    | (?P<session>  gds_[\w-]+ )
    | (?P<bearer>   (?<=bearer\s)\S+ )
    | (?P<telegram> (?<!\d)\d{6,12}:[A-Za-z0-9_-]{30,} )                                           # a bot's key
    | (?P<identity> (?<![\dA-Za-z])\d{6}\s?\d{8}\s?\d{3}[\dXx](?![\dA-Za-z]) )
    | (?P<phone>    (?<!\d)(?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d) )
    | (?P<number>   (?<![A-Za-z_\d])(?<!\d\.)\d{7,}(?![A-Za-z_\d]) | (?<=户号)\D{0,4}?\d{4,} )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def mask_text(text: str) -> str:
    """Hide telephone and identity numbers, account numbers (户号) and other long digit runs, and session keys.

    Of a mobile number 138****1234 is left, of another number its last four digits.
    """
    return _FINDS.sub(_hidden, text)


def mask(value: Any) -> Any:
    """The same, for every text in a value, however deep; objects are turned into their masked repr."""
    if isinstance(value, str):
        return mask_text(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {_key(k): HIDDEN if _is_secret(k) else mask(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [mask(item) for item in value]
    return mask_text(repr(value))


def _hidden(match: re.Match[str]) -> str:
    found = match[0]
    digits = [c for c in found if c.isdigit()]
    match match.lastgroup:
        case "keep":
            return found
        case "phone":
            last = digits[-11:]
            return f"{''.join(last[:3])}****{''.join(last[-4:])}"
        case "number":
            lead = found[: found.index(digits[0])]
            return f"{lead}****{''.join(digits[-4:])}"
        case _:
            return HIDDEN


def _key(key: Any) -> str:
    return mask_text(str(key))


def _is_secret(key: Any) -> bool:
    return isinstance(key, str) and _SECRET_NAME.search(key) is not None
