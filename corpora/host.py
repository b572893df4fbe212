"""Host names of web addresses, as pages and tables state them."""

import re
from urllib.parse import urlsplit

SCHEME = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
BARE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?/", re.IGNORECASE)


def host_of(address: str) -> str:
    """The host of an address in small letters, without `www.`; empty if the address has none.

    >>> host_of("https://www.contoh.id/berita/1"), host_of("Contoh.id/berita/1")
    ('contoh.id', 'contoh.id')
    >>> host_of("http://[contoh.id/x"), host_of("berita/1.html"), host_of("")
    ('', '', '')
    """
    address = address.strip()
    if not SCHEME.match(address):
        if not BARE.match(address):
            return ""
        address = f"//{address}"
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:  # pages state addresses that are none
        return ""
    return host.rstrip(".").removeprefix("www.")
