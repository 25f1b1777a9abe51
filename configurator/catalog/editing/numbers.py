"""Numbers as spreadsheets write them, in any of their languages."""

from __future__ import annotations

import re

SPACES = dict.fromkeys(map(ord, " \u00a0\u2009\u202f'’"))
MONEY = "EUR|USD|GBP|PLN|CHF|CZK|SEK|NOK|DKK|[€$£¥]|zł"
SIGNS = re.compile(rf"^(?:{MONEY})\s*|\s*(?:{MONEY})$")
PLAIN = re.compile(r"^[-+]?\d[\d.,]*$")


def number_from(text: str) -> str | None:
    """The number as formulas write it: “1 234,50 €” is 1234.50; None if it is no plain number.

    Raises ValueError where it could be read in two ways, like 1,234.
    """
    bare = SIGNS.sub("", text.strip()).translate(SPACES)
    if not PLAIN.match(bare):
        return None
    commas, points = bare.count(","), bare.count(".")
    if commas and points:
        decimal = max(",.", key=bare.rfind)
        other = "." if decimal == "," else ","
        bare = bare.replace(other, "")
        return None if bare.count(decimal) > 1 else bare.replace(decimal, ".").lstrip("+")
    if commas == 1:
        if re.fullmatch(r"[-+]?[1-9]\d{0,2},\d{3}", bare):
            raise ValueError(text)
        return bare.replace(",", ".").lstrip("+")
    if commas > 1 or points > 1:
        return bare.replace(",", "").replace(".", "").lstrip("+")
    return bare.lstrip("+")
