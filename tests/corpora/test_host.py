"""Hosts of addresses, as they are stated and as they are not."""

import pytest

from corpora.host import host_of


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://kabar.example/2024/01/beras?x=1#y", "kabar.example"),
        ("HTTP://WWW.Kabar.Example:80/", "kabar.example"),
        ("https://budi:rahasia@kabar.example./x", "kabar.example"),
        ("//kabar.example/x", "kabar.example"),
        (" www.kabar.example/x ", "kabar.example"),
        ("m.kabar.example:8080/x", "m.kabar.example"),
        ("http://[::1]/x", "::1"),
        ("", ""),
        ("http://", ""),
        ("http://[kabar/x", ""),
        ("/berita/2024/beras", ""),
        ("berita/beras.html", ""),
        ("beras.html", ""),
        ("mailto:redaksi@kabar.example", ""),
        ("Kabar Solo", ""),
        ("12", ""),
    ],
)
def test_host(address, host):
    assert host_of(address) == host
