"""What somebody may have meant who wrote what does not fit."""

import re
from difflib import get_close_matches

PHRASES = (
    *("at least", "at most", "more than", "less than", "not within"),
    *("within", "days", "hours", "and", "or", "not", "in"),
)
MEANT = {
    **dict.fromkeys(("over", "above", "exceeds"), "more than"),
    **dict.fromkeys(("under", "below"), "less than"),
    **dict.fromkeys(("minimum", "min"), "at least"),
    **dict.fromkeys(("maximum", "max"), "at most"),
    **dict.fromkeys(("weeks", "week", "months", "month", "years", "year"), "days"),
    **dict.fromkeys(("but", "also", "plus"), "and"),
}
WORDS = re.compile(r"\w+")


def nearest(text: str, line: int, column: int) -> str:
    """The word or phrase of the language that is nearest to what stands there; "" if none is."""
    lines = text.splitlines()
    if not 0 < line <= len(lines):
        return ""
    found: list[str] = WORDS.findall(lines[line - 1][column - 1 :].lower())[:2]
    if not found:
        return ""
    if found[0] in MEANT:
        return MEANT[found[0]]
    for said in (" ".join(found), found[0]):
        near = get_close_matches(said, [each for each in PHRASES if each != said], 1, 0.75)
        if near:
            return near[0]
    return ""
