"""Right-to-left names on paper: letters in the order and the shape in which they are read.

`visual` turns a line of text into the characters to draw from left to right: runs of Hebrew and
Arabic are turned round, Arabic letters take the form that joins them (Unicode's presentation
forms), brackets are mirrored, and numbers stay as they are. Embedded directions beyond one level
are not told apart: a name or an address has none.
"""

import unicodedata
from functools import cache, lru_cache

RIGHT, LEFT, NUMBER = "R", "L", "N"
LAM = "\u0644"
MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
ISOLATED, FINAL, INITIAL, MEDIAL = "isolated", "final", "initial", "medial"


@lru_cache(maxsize=4096)
def visual(text: str) -> str:
    """The line as it is drawn; text without such letters is as it was."""
    if not any(_direction(character) == RIGHT for character in text):
        return text
    shaped = joined(text)
    runs = _runs(shaped)
    base = next((each for each, _t in runs if each in (RIGHT, LEFT)), LEFT)
    drawn = [_turned(each, part) for each, part in runs]
    return "".join(reversed(drawn) if base == RIGHT else _within_left(runs, drawn))


def _within_left(runs: list[tuple[str, str]], drawn: list[str]) -> list[str]:
    """Runs of a line that begins at the left: neighbors that read to the left change places."""
    found: list[str] = []
    group: list[str] = []
    for (direction, _text), part in zip(runs, drawn, strict=True):
        if direction == LEFT:
            found += [*reversed(group), part]
            group = []
        else:
            group.append(part)
    return [*found, *reversed(group)]


def _turned(direction: str, text: str) -> str:
    return _reversed(text).translate(MIRRORED) if direction == RIGHT else text


def _reversed(text: str) -> str:
    """The characters from the last to the first, marks behind the letter that bears them."""
    clusters: list[str] = []
    for character in text:
        if clusters and unicodedata.combining(character):
            clusters[-1] += character
        else:
            clusters.append(character)
    return "".join(reversed(clusters))


def _direction(character: str) -> str:
    kind = unicodedata.bidirectional(character)
    if kind in ("R", "AL"):
        return RIGHT
    if kind in ("EN", "AN"):
        return NUMBER
    return LEFT if kind == "L" else ""


def _runs(text: str) -> list[tuple[str, str]]:
    """The text in runs of one direction; what has none goes with equal neighbors, else with the
    line."""
    kinds = [_direction(character) for character in text]
    base = next((kind for kind in kinds if kind in (RIGHT, LEFT)), LEFT)
    for n, kind in enumerate(kinds):
        if kind:
            continue
        before = next((k for k in reversed(kinds[:n]) if k), base)
        after = next((k for k in kinds[n + 1 :] if k), base)
        kinds[n] = before if before == after else base
    runs: list[tuple[str, str]] = []
    for kind, character in zip(kinds, text, strict=True):
        if runs and runs[-1][0] == kind:
            runs[-1] = kind, runs[-1][1] + character
        else:
            runs.append((kind, character))
    return runs


# Arabic letters that join


@cache
def _forms() -> dict[str, dict[str, str]]:
    """The presentation forms of a letter, or of lam and alef together, by their kind."""
    found: dict[str, dict[str, str]] = {}
    for point in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)):
        kind, *letters = unicodedata.decomposition(chr(point)).split() or [""]
        text = "".join(chr(int(letter, 16)) for letter in letters)
        single = len(text) == 1 or (len(text) == 2 and text[0] == LAM and point >= 0xFEF5)
        if kind.strip("<>") in (ISOLATED, FINAL, INITIAL, MEDIAL) and single:
            found.setdefault(text, {}).setdefault(kind.strip("<>"), chr(point))
    return found


def joined(text: str) -> str:
    """Arabic letters in the forms that join them; everything else as it is."""
    letters = _ligated(unicodedata.normalize("NFC", text))
    solid = [n for n, each in enumerate(letters) if not unicodedata.combining(each[0])]
    shown = list(letters)
    for at, n in enumerate(solid):
        forms = _forms().get(letters[n])
        if not forms:
            continue
        before = letters[solid[at - 1]] if at else ""
        after = letters[solid[at + 1]] if at + 1 < len(solid) else ""
        from_before = _joins_on(before) and FINAL in forms
        to_after = INITIAL in forms and FINAL in _forms().get(after, {})
        kind = {
            (True, True): MEDIAL,
            (True, False): FINAL,
            (False, True): INITIAL,
            (False, False): ISOLATED,
        }[from_before, to_after]
        shown[n] = forms.get(kind, letters[n])
    return "".join(shown)


def _joins_on(letter: str) -> bool:
    """Whether a letter is joined with the next one."""
    return letter == "\u0640" or INITIAL in _forms().get(letter, {})


def _ligated(text: str) -> list[str]:
    """The letters, lam and alef as one."""
    found: list[str] = []
    for character in text:
        if found and found[-1] == LAM and LAM + character in _forms():
            found[-1] = LAM + character
        else:
            found.append(character)
    return found
