"""Whether the Hugging Face Hub answers, found out before a library tries for minutes."""

import threading
from collections.abc import Callable

from corpora.errors import UserError

SECONDS = 8.0  # until a Hub that says nothing counts as unreachable


def require_hub(name: str, cure: str) -> None:
    """Return when the Hub answers at all, whatever it says.

    huggingface_hub itself tries a silent Hub again and again, for minutes; a stalled look-up of
    the address is not bounded by any timeout of the socket. So one request is made in a thread.

    Args:
        name: what is wanted from the Hub, the first word of the error.
        cure: what the user can do without the Hub, the last words of the error.

    Raises:
        UserError: it is switched off by `HF_HUB_OFFLINE`, or does not answer in `SECONDS`.
    """
    from huggingface_hub import constants

    if constants.HF_HUB_OFFLINE:
        raise UserError(f"{name}: HF_HUB_OFFLINE is set: the Hub cannot be reached; {cure}")
    hub = constants.ENDPOINT
    reason = fault(lambda: asked(hub), SECONDS)
    if reason is not None:
        raise UserError(f"{name}: the Hub cannot be reached at {hub}: {reason}; {cure}")


def asked(endpoint: str) -> None:
    """Ask the Hub for anything, once."""
    from huggingface_hub import get_session

    get_session().get(f"{endpoint}/api/models?limit=1", timeout=SECONDS)


def fault(attempt: Callable[[], None], seconds: float) -> str | None:
    """Why an attempt failed, or None; one that takes longer than `seconds` is left behind.

    >>> fault(lambda: None, 1.0) is None
    True
    >>> fault(lambda: threading.Event().wait(2), 0.01)
    'no answer in 0.01 seconds'
    """
    found: list[str | None] = []

    def work() -> None:
        try:
            attempt()
        except Exception as error:  # whatever the client library raises is a reason
            found.append(str(error).strip().split("\n")[0][:120] or type(error).__name__)
        else:
            found.append(None)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    return found[0] if found else f"no answer in {seconds:g} seconds"
