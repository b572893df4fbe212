import socket
import threading

import pytest

from corpora import reachability
from corpora.errors import UserError
from corpora.reachability import require_hub


def test_a_hub_that_is_switched_off_is_not_asked(monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(UserError, match=r"^hf:a/b: HF_HUB_OFFLINE is set.*; connect once$"):
        require_hub("hf:a/b", "connect once")


def test_a_hub_that_refuses_is_named_at_once(monkeypatch):
    with socket.socket() as nobody:  # a port of ours that nothing listens on
        nobody.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", address)
        with pytest.raises(UserError, match=rf"^opus: the Hub cannot be reached at {address}: "):
            require_hub("opus", "connect once")


def test_a_hub_that_says_nothing_is_left_after_a_while(monkeypatch):
    monkeypatch.setattr(reachability, "SECONDS", 0.3)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(1)
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", address)
        with pytest.raises(UserError, match=r"cannot be reached at .*; connect once"):
            require_hub("opus", "connect once")


def test_any_answer_is_an_answer(monkeypatch):
    with socket.socket() as hub:
        hub.bind(("127.0.0.1", 0))
        hub.listen(1)

        def answer():
            connection, _ = hub.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        address = f"http://127.0.0.1:{hub.getsockname()[1]}"
        monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", address)
        require_hub("opus", "connect once")
        thread.join()
