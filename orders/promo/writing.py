"""How codes are written: compared without signs and capitals, made without look-alikes."""

import re
import secrets

SHORTEST, LONGEST = 3, 32
MOST = 5  # codes in one order
LONGEST_TEXT = 300  # characters that are read at all
LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"
MADE = 10  # letters of a made one: 47 bits, too many to guess
OWN = 18  # letters of a personal one: 84 bits
FOUR = 4
NO_LETTER = re.compile(r"[\W_]+")
SEPARATORS = re.compile(r"[,;\s]+")


def tidy(text: str) -> str:
    """The code as it is compared."""
    return NO_LETTER.sub("", text).upper()


def codes_in(text: str) -> tuple[str, ...]:
    """The codes that somebody wrote, separated by spaces or commas."""
    found = (tidy(word)[:LONGEST] for word in SEPARATORS.split(text[:LONGEST_TEXT]))
    return tuple(dict.fromkeys(code for code in found if code))[:MOST]


def made(start: str = "", letters: int = MADE) -> str:
    """A new one that nobody guesses."""
    return tidy(start) + "".join(secrets.choice(LETTERS) for _n in range(letters))


def in_fours(code: str) -> str:
    """The code with hyphens, as people read and type it."""
    return "-".join(code[begin : begin + FOUR] for begin in range(0, len(code), FOUR))
