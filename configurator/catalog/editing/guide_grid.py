"""The guide of a product as grids: for each question its answers, and what each speaks for.

A column is a condition, a cell the points that an answer gives to it. What a form has is flat, by
names like `q0-code`, `q0-w2` (a condition), `q0-a1-name`, `q0-a1-w2` (points).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from configurator.catalog.content import Content, Path
from configurator.catalog.importing.normal import guide_of
from configurator.catalog.texts import FALLBACK

Flat = Mapping[str, str]
POINTS = re.compile(r"[+-]?\d{1,2}\Z")
MUST = "must"
MOST_QUESTIONS, MOST_ANSWERS, MOST_WANTS = 31, 21, 60
"""One more of each than a guide may have, so that too many are told."""


def flat_of(guide: list[Content]) -> dict[str, str]:
    """A guide as its form has it."""
    flat = {"questions": str(len(guide))}
    for q, question in enumerate(guide):
        at = f"q{q}"
        columns = _columns(question)
        flat |= _words(at, question, "help")
        flat |= {f"{at}-several": "on"} if question.get("several") else {}
        flat |= {f"{at}-rows": str(len(question["answers"])), f"{at}-columns": str(len(columns))}
        flat |= {f"{at}-w{w}": when for w, (when, _turn) in enumerate(columns)}
        for a, answer in enumerate(question["answers"]):
            flat |= _words(f"{at}-a{a}", answer, "because")
            for key, want in _turns(answer):
                flat[f"{at}-a{a}-w{columns.index(key)}"] = str(want["points"])
    return flat


def _words(at: str, thing: Content, more: str) -> dict[str, str]:
    said = thing.get(more) or {}
    return {
        f"{at}-was": thing["code"],
        f"{at}-code": thing["code"],
        f"{at}-name": thing["name"].get(FALLBACK, ""),
        f"{at}-{more}": said.get(FALLBACK, ""),
    }


def _turns(answer: Content) -> Iterator[tuple[tuple[str, int], Content]]:
    """The wants of an answer; who says one condition twice has two columns of it."""
    seen: dict[str, int] = {}
    for want in answer.get("wants", ()):
        seen[want["when"]] = seen.get(want["when"], -1) + 1
        yield (want["when"], seen[want["when"]]), want


def _columns(question: Content) -> list[tuple[str, int]]:
    keys = (key for answer in question["answers"] for key, _want in _turns(answer))
    return list(dict.fromkeys(keys))


def count(flat: Flat, name: str, most: int) -> int:
    """A number that the form says of itself, within bounds."""
    said = flat.get(name, "")
    return min(int(said), most) if said.isdecimal() and len(said) < 4 else 0


@dataclass
class Read:
    """The guide that a form says; `places` are the fields of its parts, `wrong` is told at them."""

    guide: list[Content] = field(default_factory=list)
    places: dict[Path, str] = field(default_factory=dict)
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def tell(self, name: str, words: str) -> None:
        self.wrong.setdefault(name, []).append(words)

    def name_of(self, path: Path) -> str:
        """The field that a part of the guide comes from; "" if none does."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, "")


def read(flat: Flat, former: list[Content]) -> Read:
    """What a form says. Empty rows are left out, as are those to be removed; translations are
    those of the former guide."""
    found = Read()
    known = {question["code"]: question for question in former}
    for q in range(count(flat, "questions", MOST_QUESTIONS)):
        at = f"q{q}"
        if flat.get(f"{at}-remove") or not _says(flat, at):
            continue
        question = known.get(flat.get(f"{at}-was", ""), {})
        found.guide.append(_question(flat, at, question, found))
    found.guide = guide_of(found.guide)
    return found


def _says(flat: Flat, at: str) -> bool:
    """Whether anything is written in a question or an answer."""
    own = re.compile(rf"{at}-(code|name|help|because|w\d+|a\d+-(code|name|because|w\d+))\Z")
    return any(value.strip() for name, value in flat.items() if own.match(name))


def _question(flat: Flat, at: str, former: Content, found: Read) -> dict[str, Any]:
    here: Path = (len(found.guide),)
    said = _thing(flat, at, here, former, "help", found)
    said["several"] = bool(flat.get(f"{at}-several"))
    known = {answer["code"]: answer for answer in former.get("answers", ())}
    conditions = _conditions(flat, at)
    used: set[str] = set()
    said["answers"] = []
    for a in range(count(flat, f"{at}-rows", MOST_ANSWERS)):
        row = f"{at}-a{a}"
        if flat.get(f"{row}-remove") or not _says(flat, row):
            continue
        place: Path = (*here, "answers", len(said["answers"]))
        answer = _thing(
            flat, row, place, known.get(flat.get(f"{row}-was", ""), {}), "because", found
        )
        answer["wants"] = _wants(flat, row, place, conditions, used, found)
        said["answers"].append(answer)
    if not said["answers"]:
        found.tell(f"{at}-a0-name", _("A question needs an answer."))
    emptied = {when for when, _turn in _columns(former)} if former else set()
    for name in conditions.keys() - used:
        if conditions[name] and conditions[name] not in emptied:
            found.tell(name, _("Give points to an answer below, or empty this."))
    return said


def _conditions(flat: Flat, at: str) -> dict[str, str]:
    """The conditions of a question, by their fields."""
    names = [f"{at}-w{w}" for w in range(count(flat, f"{at}-columns", MOST_WANTS))]
    return {name: flat.get(name, "").strip() for name in names}


def _thing(
    flat: Flat, at: str, place: Path, former: Content, more: str, found: Read
) -> dict[str, Any]:
    """Code, name, and what else is said of a question or an answer."""
    texts = {part: flat.get(f"{at}-{part}", "").strip() for part in ("code", "name", more)}
    for part in texts:
        found.places[(*place, part)] = f"{at}-{part}"
    found.places[place] = f"{at}-code"
    for part in ("code", "name"):
        if not texts[part]:
            found.tell(f"{at}-{part}", _("This is needed."))
    said: dict[str, Any] = {"code": texts["code"]}
    for part in ("name", more):
        if texts[part]:
            said[part] = {**former.get(part, {}), FALLBACK: texts[part]}
    return {"name": {FALLBACK: ""}, **said}


def _wants(
    flat: Flat, row: str, place: Path, conditions: dict[str, str], used: set[str], found: Read
) -> list[Content]:
    wants: list[Content] = []
    for w, (name, when) in enumerate(conditions.items()):
        cell = f"{row}-w{w}"
        text = flat.get(cell, "").strip().casefold().replace("−", "-")
        if not text:
            continue
        used.add(name)
        if not when:
            found.tell(name, _("Write what the points are for, like wood = oak."))
        if text != MUST and not (POINTS.match(text) and -10 <= int(text) <= 10):
            found.tell(cell, _("Points from -10 to 10, or must."))
            continue
        here: Path = (*place, "wants", len(wants))
        found.places |= {(*here, "when"): name, here: cell}
        wants.append({"when": when, "points": MUST if text == MUST else int(text)})
    return wants
