from translate.catalogue import DOWNLOADS, PURPOSES, listings
from translate.models import NAMED


def test_every_name_is_listed_with_its_licence():
    found = {each.name: each for each in listings()}
    assert list(found) == ["bundled", *NAMED]
    assert found["bundled"].folder and found["bundled"].megabytes <= 40
    assert all(each.licence and each.megabytes > 0 for each in found.values())


def test_every_name_has_a_size_and_a_purpose():
    assert DOWNLOADS.keys() == NAMED.keys() and PURPOSES.keys() == {"bundled", *NAMED}
