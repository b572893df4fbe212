"""What went wrong with the Hub, in one line that says the way out and never the token."""

import re
from collections.abc import Iterator
from typing import Any

from corpora.errors import UserError

TRANSIENT = frozenset({429, 500, 502, 503, 504})
FULL = re.compile(r"quota|storage limit|storage patterns|storage space|exceeded", re.IGNORECASE)
FIRST_PAUSE = 1.0  # seconds; doubled with each attempt
REFUSALS = {
    401: "the Hub does not accept the token; log in again with `hf auth login`",
    403: "the token may not do this; use one with write access to {name}",
    404: "not found on the Hub; check the name and what the token may see",
    409: "somebody else changed it meanwhile; look at it, then push again",
    412: "somebody else changed it meanwhile; look at it, then push again",
    413: "too large for the Hub; use fewer rows, or ask the Hub for more storage",
    422: "the Hub does not accept a file; push again",
    429: "the Hub asks to slow down; push again later, what was sent is not sent again",
}
QUOTA = "the storage of the account is full; free some or ask for more, then push again"
BROKEN = "the connection broke; push again, what was sent is not sent again"


class Changed(UserError):
    """The repository changed between the look at it and the commit."""


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and what caused it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def response_of(error: BaseException) -> Any:
    """The answer of the server behind an error, or None."""
    for each in causes(error):
        response = getattr(each, "response", None)
        if response is not None:
            return response
    return None


def is_broken_connection(error: BaseException) -> bool:
    """Tell whether the connection failed, rather than the server saying no."""
    import httpx2

    return any(
        isinstance(each, httpx2.TransportError | ConnectionError | TimeoutError)
        for each in causes(error)
    )


def is_transient(error: BaseException) -> bool:
    """Tell whether the same call may succeed a little later."""
    response = response_of(error)
    if response is not None:
        return response.status_code in TRANSIENT
    return is_broken_connection(error)


def pause_of(error: BaseException, attempt: int) -> float:
    """Seconds to wait before the next attempt: what the server asks for, else ever longer."""
    response = response_of(error)
    asked = response.headers.get("Retry-After", "") if response is not None else ""
    return float(asked) if asked.isdigit() else FIRST_PAUSE * 2 ** (attempt - 1)


def explained(error: BaseException, name: str, token: str) -> UserError:
    """The complaint about an error; a programming mistake is raised again."""
    if isinstance(error, UserError):
        return error
    response = response_of(error)
    text = " ".join(str(each) for each in causes(error))
    if response is not None and response.status_code != 429 and FULL.search(text):
        return UserError(f"{name}: {QUOTA}")
    if response is not None:
        code = response.status_code
        reason = REFUSALS.get(code, "")
        if code >= 500:
            reason = "the Hub has trouble; push again later, what was sent is not sent again"
        reason = (reason or said(response)).format(name=name)
        complaint = Changed if code in (409, 412) else UserError
        return complaint(f"{name}: {reason} (HTTP {code})".replace(token, "***"))
    if is_broken_connection(error):
        return UserError(f"{name}: {BROKEN}")
    if FULL.search(text):
        return UserError(f"{name}: {QUOTA}")
    if isinstance(error, ValueError | OSError | RuntimeError):
        reason = " ".join(text.split())[:200].replace(token, "***")
        return UserError(f"{name}: the Hub cannot take this ({reason})")
    raise error


def said(response: Any) -> str:
    """What the server says of its refusal."""
    message = response.headers.get("X-Error-Message") or response.reason_phrase
    return " ".join(str(message).split())[:160].replace("{", "").replace("}", "")
