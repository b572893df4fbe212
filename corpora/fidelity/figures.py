"""What a number in figures means: Indonesian writes 1.234,5 where English writes 1,234.5."""

import re
from functools import lru_cache


@lru_cache(maxsize=65536)
def readings(figure: str, thousands: str) -> tuple[float, ...]:
    """The values that a figure may have, the likely one first; none for versions and the like.

    Args:
        figure: digits with points and commas.
        thousands: the sign that parts thousands in the language, "." or ",".

    >>> readings("1.234,5", "."), readings("1,234.5", ","), readings("10.000", ".")
    ((1234.5,), (1234.5,), (10000.0,))

    Who writes the other language's decimals or millions is understood where it is plain; a comma
    before three digits is not plain in Indonesian:

    >>> readings("4.8", "."), readings("1,500", "."), readings("3,000", "."), readings("1.2.3", ".")
    ((4.8,), (1.5, 1500.0), (3000.0, 3.0), ())
    """
    point = "," if thousands == "." else "."
    if figure.isdigit():
        return (float(figure),)
    grouped, _, rest = figure.partition(point)
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+", grouped) and (
        not rest or rest.isdigit()
    ):
        return (float(f"{grouped.replace(thousands, '')}.{rest or 0}"),)
    if figure.count(point) == 1 and thousands not in figure:
        value = float(figure.replace(point, "."))
        if not re.fullmatch(rf"[1-9]\d{{0,2}}{re.escape(point)}\d{{3}}", figure):
            return (value,)
        other = float(figure.replace(point, ""))
        is_round = rest == "000" and thousands == "."
        return (other, value) if is_round else (value, other) if thousands == "." else (value,)
    if figure.count(thousands) == 1 and point not in figure:
        return (float(figure.replace(thousands, ".")),)
    grouped, _, rest = figure.partition(thousands)
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(point)}\d{{3}})+", grouped) and (
        not rest or rest.isdigit()
    ):
        return (float(f"{grouped.replace(point, '')}.{rest or 0}"),)
    return ()
