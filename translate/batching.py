"""Sentences of like length put together, so that little is computed on padding."""

from collections.abc import Sequence


def batches(lengths: Sequence[int], most_tokens: int) -> list[list[int]]:
    """Group positions so that longest times count stays within `most_tokens`; longest first.

    A sentence longer than `most_tokens` is a batch of its own.

    >>> batches([3, 9, 4, 3], 9)
    [[1], [2, 0], [3]]
    """
    if most_tokens < 1:
        raise ValueError(f"a batch of {most_tokens} tokens")
    groups: list[list[int]] = []
    room = 0
    for position in sorted(range(len(lengths)), key=lambda index: -lengths[index]):
        if not room:
            groups.append([])
            room = max(1, most_tokens // max(1, lengths[position]))
        groups[-1].append(position)
        room -= 1
    return groups
