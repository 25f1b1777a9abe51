"""The guide of a product as plain lines: questions, their answers, and what these speak for.

? rain: Do you ride in the rain?
es: ¿Montas bajo la lluvia?
help: We mean every week.
- often: Often
because: you ride in the rain
5 if mudguards != without
must if lights = dynamo
"""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from configurator.catalog.admin.fields import WRITTEN, WrittenField
from configurator.catalog.admin.forms import ProductForm, told
from configurator.catalog.checks.formulas import Formula, checked
from configurator.catalog.checks.guides import guide_problems
from configurator.catalog.content import Content, wants_of
from configurator.catalog.drafts import read_content
from configurator.catalog.importing.normal import guide_of
from configurator.catalog.modeling import schema_of
from configurator.catalog.problems import Problem
from configurator.catalog.texts import FALLBACK, languages

NAMED = re.compile(r"(?P<code>[A-Za-z_][A-Za-z0-9_]*)\s*:\s*(?P<name>.+)\Z")
WANT = re.compile(r"(?P<points>[+-]?\d{1,2}|must)\s+if\s+(?P<when>.+)\Z")
SEVERAL = "several"
GUIDE = gettext_lazy(
    "Questions about needs. A question begins with ?, an answer with -, and each has a code: "
    "“? rain: Do you ride in the rain?”, “- often: Often”. Below an answer what speaks for it, "
    "like “because: you ride in the rain”, and points: “5 if mudguards != without”, “must if "
    "lights = dynamo”, “-3 if finish = raw”. “several” below a question lets people give several "
    "answers. A translation stands below its text: “es: A menudo”."
)


class Reader:
    """Reads the lines one after the other."""

    def __init__(self) -> None:
        self.questions: list[dict[str, Any]] = []
        self.text: dict[str, str] | None = None  # what the next translation belongs to

    def line(self, line: str) -> None:
        """Take a line; ValueError says what it should be."""
        if line[0] in "?-" and not WANT.match(line):
            self._thing(line[0], line[1:].strip())
        elif want := WANT.match(line):
            self._want(want["points"], want["when"].strip())
        elif line == SEVERAL:
            self._question()["several"] = True
        else:
            self._words(*(part.strip() for part in line.partition(":")[::2]))

    def _thing(self, mark: str, words: str) -> None:
        named = NAMED.match(words)
        if named is None:
            raise ValueError(_("write a code, a colon, and the words, like rain: Do you ride?"))
        self.text = {FALLBACK: named["name"].strip()}
        thing: dict[str, Any] = {"code": named["code"], "name": self.text}
        if mark == "?":
            self.questions.append({**thing, "answers": []})
            self.questions[-1]["name"] = self.text
        else:
            self._question()["answers"].append(thing)

    def _question(self) -> dict[str, Any]:
        if not self.questions:
            raise ValueError(_("begin with a question, like ? rain: Do you ride in the rain?"))
        return self.questions[-1]

    def _answer(self) -> dict[str, Any]:
        answers = self._question()["answers"]
        if not answers:
            raise ValueError(_("write an answer first, like - often: Often"))
        found: dict[str, Any] = answers[-1]
        return found

    def _want(self, points: str, when: str) -> None:
        worth = points if points == "must" else int(points)
        self._answer().setdefault("wants", []).append({"when": when, "points": worth})

    def _words(self, name: str, words: str) -> None:
        if not words:
            raise ValueError(_("this begins neither with ?, - nor with points"))
        if name == "help":
            self.text = self._question()["help"] = {FALLBACK: words}
        elif name == "because":
            self.text = self._answer()["because"] = {FALLBACK: words}
        elif name in languages() and self.text is not None:
            self.text[name] = words
        else:
            raise ValueError(_("this begins neither with ?, - nor with points"))


class GuideField(WrittenField):
    """The guide, written as lines."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["rows"] = 16

    def read(self, lines: list[str]) -> Any:
        reader = Reader()
        for number, line in enumerate(lines, start=1):
            try:
                reader.line(line)
            except ValueError as error:
                said = _("Line %(number)s: %(reason)s") % {"number": number, "reason": error}
                raise forms.ValidationError(said) from None
        return guide_of(reader.questions)

    def lines(self, value: Any) -> list[str] | None:
        if not isinstance(value, list):
            return None
        try:
            said = [line for question in value for line in _question_lines(question)]
            return said if self.read(said) == value else None
        except (forms.ValidationError, AttributeError, KeyError, TypeError):
            return None  # it can be said only as JSON


def _question_lines(question: Content) -> list[str]:
    said = _said(f"? {question['code']}: ", question["name"])
    said += _said("help: ", question.get("help") or {})
    said += [SEVERAL] if question.get("several") else []
    for answer in question["answers"]:
        said += _said(f"- {answer['code']}: ", answer["name"])
        said += _said("because: ", answer.get("because") or {})
        said += [f"{want['points']} if {want['when']}" for want in answer.get("wants", ())]
    return said


def _said(begin: str, text: Content) -> list[str]:
    if not text:
        return []
    others = [f"{code}: {words}" for code, words in text.items() if code != FALLBACK]
    return [begin + text[FALLBACK], *others]


class GuidedProductForm(ProductForm):
    """A product's form, its guide checked as the importer does."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        guide = data.get("guide") or []
        self.check_json("guide", "guide", guide)
        if "guide" in self.errors:
            return data
        data["guide"] = guide_of(guide)
        if self.instance.pk:
            content = read_content(self.instance)
            content["product"]["guide"] = data["guide"]
            for problem in problems_of(content):
                self.add_error("guide", told(problem, content))
        return data


def problems_of(content: Content) -> list[Problem]:
    schema = schema_of(content)
    found = guide_problems(content)
    for path, want in wants_of(content):
        formula = Formula((*path, "when"), want["when"], "condition", texts=False)
        found += checked(formula, schema)
    return found


# The field stands here, not in `fields`, because it needs what the importer needs.
WRITTEN["product.guide"] = (GuideField, GUIDE)
