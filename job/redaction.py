"""Removes passwords and tokens from text that leaves the job: logs, errors, rows, pages and output.

Only the standard library is imported here, because errors use this module, and everything else uses errors.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from typing import Any
from urllib.parse import quote, quote_plus, unquote, urlsplit

HIDDEN = "***"
# Shorter secrets are not searched for, because parts of ordinary words would be taken for them.
SHORTEST = 4
# Secrets from this length on are found inside words, too; a password such as `postgres` is not.
LONG = 12
SECRET_VARIABLE = re.compile(
    r"(PASSWORD|PASSWD|PASSPHRASE|TOKEN|SECRET|API_?KEY|ACCESS_KEY|PRIVATE_KEY|CREDENTIALS?)$", re.IGNORECASE
)

# What stands between :// and the host, up to the last @ before the first / ? or #.
USER_INFO = re.compile(r"(?<=://)[^/?#\s]*@")
# The same where the password has an unescaped / ? or #: what follows the first colon is then no port.
BROKEN_USER_INFO = re.compile(r"(?<=://)(?=[^/?#\s\[@]*:(?!\d*(?:[/?#\s]|$)))\S*@")
ENCODED_USER_INFO = re.compile(r"(?<=%3A%2F%2F)[^\s&/?#]*%40", re.IGNORECASE)

# The same in a setting, which is one address: there the digits after a colon may begin a password, too.
WIDE_USER_INFO = re.compile(r"[\w+.-]+://([^/?#\[@]*:.*)@", re.DOTALL)

NAME = (
    r"(?:password|passwd|passphrase|pwd|token|secret|api[-_]?key|secret[-_]access[-_]key|private[-_]key"
    r"|signature|credential|authorization|cookie)"
)
# Quoted in Python, JSON or a conninfo string, perhaps inside another quoted text; or up to a blank or the next
# parameter of a query, without the punctuation after it.
VALUE = (
    r"(?:(?:Basic|Bearer|Token|Digest)[ ]+|b(?=['\"]))?"
    r"(?:\\(?P<inner>['\"]).*?(?:\\(?P=inner)|$)"
    r"|(?P<quote>['\"])(?:\\+.|(?!(?P=quote)).)*(?:(?P=quote)|$)"
    r"|(?:[^\s&]|&(?![\w$%.-]+=))+?(?=['\")\]}>,.;:]*(?:\s|$|&[\w$%.-]+=)))"
)
PARAMETER = re.compile(rf"({NAME}\\?['\"]?[ \t]*(?:=|:|%3D)[ \t]*){VALUE}", re.IGNORECASE | re.MULTILINE)


def redacted(text: str) -> str:
    """The text without user-info in addresses, values of secret parameters, and secrets of the environment."""
    secrets = _pattern(tuple(sorted(set(_secrets(os.environ)), key=len, reverse=True)))
    return without_credentials(secrets.sub(HIDDEN, text) if secrets else text)


def without(text: str, *secrets: str | bytes | None) -> str:
    """The text redacted, and without these secrets."""
    texts = (secret.decode(errors="replace") if isinstance(secret, bytes) else secret for secret in secrets)
    pattern = _pattern(tuple(secret for secret in texts if secret))
    return redacted(pattern.sub(HIDDEN, text) if pattern else text)


def everywhere(value: Any) -> Any:
    """The value with every text in it redacted, in containers too."""
    if isinstance(value, str):
        return redacted(value)
    if isinstance(value, Mapping):
        return {everywhere(name): everywhere(item) for name, item in value.items()}
    return [everywhere(item) for item in value] if isinstance(value, list | tuple) else value


def without_credentials(text: str) -> str:
    """The text without user-info in addresses and values of secret parameters, whatever the environment says."""
    for pattern in (USER_INFO, BROKEN_USER_INFO):
        text = pattern.sub(f"{HIDDEN}@", text)
    text = ENCODED_USER_INFO.sub(f"{HIDDEN}%40", text)
    return PARAMETER.sub(rf"\1{HIDDEN}", text)


def address(text: str) -> str:
    """A single address, which may contain blanks, without its user, password and secret parameters."""
    return without_credentials(re.sub(r"(?<=://)[^/?#]*@", "", text))


def _secrets(environ: Mapping[str, str]) -> Iterator[str]:
    """The values of the variables that hold secrets, and what is secret in the addresses of all others."""
    for name, value in environ.items():
        if SECRET_VARIABLE.search(name):
            yield value.strip()
        elif name == "PING_URL":  # whoever knows it can report successes
            yield from (value.strip(), urlsplit(value).path.strip("/"))
        else:
            yield from _passwords(value.strip())


def _passwords(address: str) -> Iterator[str]:
    """The password of an address, or its user if there is none, as a token may stand there."""
    user_info = re.match(r"[\w+.-]+://([^/?#]*)@", address) or WIDE_USER_INFO.match(address)
    if user_info:
        user, colon, password = user_info[1].partition(":")
        yield password if colon else user


@lru_cache(maxsize=16)
def _pattern(secrets: tuple[str, ...]) -> re.Pattern[str] | None:
    """Finds each secret in the forms in which texts, addresses and representations write it."""
    forms = {form for secret in secrets if len(secret) >= SHORTEST for form in _forms(secret)}
    if not forms:
        return None
    return re.compile("|".join(map(_form_pattern, sorted(forms, key=lambda form: (-len(form), form)))))


def _forms(secret: str) -> set[str]:
    plain = {secret, unquote(secret)}
    encoded = {write(text) for text in plain for write in (quote, quote_plus, partial(quote, safe=""))}
    lower = {re.sub("%[0-9A-F]{2}", lambda code: code[0].lower(), text) for text in encoded}
    return plain | encoded | lower | {quoted[1:-1] for text in plain for quoted in (repr(text), json.dumps(text))}


def _form_pattern(form: str) -> str:
    """Find a short form only as a whole word, which a percent-encoded character or an escaped line feed may precede."""
    if len(form) >= LONG:
        return re.escape(form)
    start = r"(?:(?<!\w)|(?<=%[0-9A-Fa-f]{2})|(?<=\\[nrt]))" if re.match(r"\w", form) else ""
    return start + re.escape(form) + (r"(?!\w)" if re.search(r"\w$", form) else "")
