"""What can go wrong at the stand-in of the Hub: each answers in place of an endpoint."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.hub.stand_in import Handler


def refusing(status: int, message: str = "", **headers: str) -> "Callable[[Handler], None]":
    """A fault that answers with a status; `Retry_After="1"` is the header `Retry-After`."""

    def act(handler: "Handler") -> None:
        handler.body()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if message:
            named["X-Error-Message"] = message
        handler.answer({"error": message}, status, named)

    return act


def cutting(handler: "Handler") -> None:
    """A fault that reads half of what is sent, then closes the connection."""
    length = int(handler.headers.get("Content-Length", 0))
    handler.rfile.read(length // 2)
    handler.close_connection = True
    handler.connection.close()


def losing_the_answer(handler: "Handler") -> None:
    """A fault that does what was asked, and closes the connection before it says so."""
    handler.mute = True
    handler.route()
    handler.close_connection = True
    handler.connection.close()


def corrupting(handler: "Handler") -> None:
    """A fault that stores other bytes than were sent."""
    handler.hub.corrupting = True
    handler.route()
    handler.hub.corrupting = False
