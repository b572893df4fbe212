"""Pieces of the input claimed by several workers: each by one at a time, none lost with it."""

from translate.claims import LEASE_SECONDS


def test_a_piece_is_claimed_once_until_its_lease_ends(claims, clock):
    one, other = claims("one"), claims("other")
    assert one.claim("a") and not other.claim("a") and not one.claim("a")
    clock.now += LEASE_SECONDS - 1
    one.renew()
    clock.now += LEASE_SECONDS - 1
    assert not other.claim("a") and other.others_open() == 1
    clock.now += 2
    assert other.free() == 1 and other.claim("a") and other.tries("a") == 2


def test_what_is_done_is_never_free_again(claims, clock):
    one, other = claims("one"), claims("other")
    one.claim("a")
    one.finish("a")
    clock.now += 2 * LEASE_SECONDS
    assert not other.claim("a") and other.free() == 0 and other.others_open() == 0
    other.begin()
    assert other.claim("a")


def test_what_a_worker_that_was_ended_had_claimed_is_free_at_once(claims):
    one, other = claims("one"), claims("other")
    one.claim("a")
    other.release("one")
    one.renew()  # another worker of its name does not keep what is not its own
    assert other.claim("a") and other.deaths("a") == 0


def test_what_a_worker_died_on_is_a_suspect(claims):
    one, other = claims("one"), claims("other")
    one.claim("a")
    one.claim("b")
    one.finish("b")
    one.hold_alone("artikel")
    other.blame("one")
    assert (other.deaths("a"), other.deaths("b"), other.deadly("artikel")) == (1, 0, True)
    assert not other.claim("a") and other.claim_suspect("a") and not one.claim_suspect("a")
    assert not other.claim_suspect("b") and not other.claim_suspect("new")


def test_later_runs_know_what_workers_died_on_until_the_work_is_done(claims):
    one, other = claims("one"), claims("other")
    for piece in ("a", "b", "gone"):
        one.claim(piece)
    one.hold_alone("artikel")
    other.blame("one")
    one.hold_alone("lain")
    for _ in range(2):  # runs
        other.begin()
        assert other.free() == 0  # what has left the input is waited for by nobody
        assert not other.claim("a") and other.claim_suspect("a")
        assert other.deadly("artikel") and not other.deadly("lain")
    other.finish("a")
    other.begin()
    assert other.claim("a") and not other.claim("b")
    other.forget()
    assert other.claim("b") and not other.deadly("artikel")
