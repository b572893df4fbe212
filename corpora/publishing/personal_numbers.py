"""What must hold of digits before they are believed to be somebody's: shapes and check digits."""

import re

# Codes of the provinces, Kode dan Data Wilayah Administrasi Pemerintahan (Permendagri 72/2019)
PROVINCES = frozenset(
    (
        *(*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66)),
        *(*range(71, 77), 81, 82, *range(91, 98)),
    )
)


def digits(text: str) -> str:
    """The digits of a text."""
    return re.sub(r"\D", "", text)


def luhn(number: str) -> bool:
    """Tell whether the last digit checks the others (ISO/IEC 7812-1, annex B).

    >>> luhn("4111 1111 1111 1111"), luhn("4111 1111 1111 1112")
    (True, False)
    """
    total = 0
    for place, digit in enumerate(reversed(digits(number))):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 * (doubled > 9)
    return total % 10 == 0


def is_card(text: str) -> bool:
    """Tell whether digits are a payment card: issuer, length and check digit (ISO/IEC 7812).

    >>> is_card("5555 5555 5555 4444"), is_card("1234 5678 9012 3452")
    (True, False)
    """
    number = digits(text)
    if len(set(number)) < 2 or not luhn(number):
        return False
    two, four = int(number[:2]), int(number[:4])
    if number[0] == "4":
        return len(number) in (13, 16, 19)
    if 51 <= two <= 55 or 2221 <= four <= 2720:
        return len(number) == 16
    if two in (34, 37):
        return len(number) == 15
    if two in (36, 38, 39):
        return len(number) in (14, 16)
    return len(number) in (16, 17, 18, 19) and (two in (35, 50, 56, 58, 60, 62, 63, 64, 65, 67))


def is_nik(text: str) -> bool:
    """Tell whether 16 digits are a NIK: place, day and month of birth, serial (UU 24/2013).

    Women have 40 added to the day.

    >>> is_nik("3174055208900003"), is_nik("3174059908900003")
    (True, False)
    """
    number = digits(text)
    day, month = int(number[6:8]) % 40, int(number[8:10])
    return (
        len(number) == 16
        and int(number[:2]) in PROVINCES
        and number[2:4] != "00"
        and number[4:6] != "00"
        and 1 <= day <= 31
        and int(number[6:8]) <= 71
        and 1 <= month <= 12
        and number[12:] != "0000"
    )


def is_tax_number(text: str) -> bool:
    """Tell whether 15 digits are an NPWP: the ninth checks the eight before it (Luhn).

    >>> is_tax_number("012345674123000"), is_tax_number("012345675123000")
    (True, False)
    """
    number = digits(text)
    return len(number) == 15 and luhn(number[:9]) and int(number[:9]) > 0


def is_mobile(text: str) -> bool:
    """Tell whether it has as many digits as an Indonesian mobile number: 10 to 13 from the 0."""
    number = digits(text)
    national = "0" + number[2:] if number.startswith("62") else number
    return 10 <= len(national) <= 13 and len(set(national)) > 2


def is_international(text: str) -> bool:
    """Tell whether it has as many digits as E.164 allows, and more than a price change has."""
    return 9 <= len(digits(text)) <= 15
