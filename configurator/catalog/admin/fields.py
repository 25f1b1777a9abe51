"""JSON fields that a person can read and write."""

import json
import re
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from configurator.catalog.editing.tables.values import fact, shown
from configurator.catalog.texts import FALLBACK, languages


class ReadableJSONField(forms.JSONField):
    """JSON with one row of a table a line, and letters as letters."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = forms.Textarea(attrs={"rows": 8, "cols": 90, "spellcheck": "false"})
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str):
            return value
        return "" if value is None else readable(value)


def readable(value: Any) -> str:
    """Indented JSON; a list of lists has a line for each."""
    if isinstance(value, list) and value and all(isinstance(row, list) for row in value):
        rows = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in value)
        return f"[\n{rows}\n]"
    return json.dumps(value, ensure_ascii=False, indent=2)


class WrittenField(ReadableJSONField):
    """A JSON field that is written as plain lines; who writes JSON is understood, too."""

    json: tuple[str, ...] = ("{", "[")
    """With these it begins where it is JSON."""

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str) or value.strip()[:1] in self.json or self.disabled:
            return super().to_python(value)
        return self.read([line.strip() for line in value.splitlines() if line.strip()])

    def has_changed(self, initial: Any, data: Any) -> bool:
        if not isinstance(data, str):
            return super().has_changed(initial, data)
        try:
            return bool(self.to_python(data) != initial)
        except forms.ValidationError:
            return True

    def prepare_value(self, value: Any) -> Any:
        lines = None if isinstance(value, str) or not value else self.lines(value)
        return super().prepare_value(value) if lines is None and value else "\n".join(lines or ())

    def read(self, lines: list[str]) -> Any:
        raise NotImplementedError

    def lines(self, value: Any) -> list[str] | None:
        """The value as lines; None where it can be said only as JSON."""
        raise NotImplementedError


class PairsField(WrittenField):
    """Values by name, one a line: weight_g = 2600."""

    def read(self, lines: list[str]) -> Any:
        found: dict[str, Any] = {}
        for number, line in enumerate(lines, start=1):
            name, sign, text = line.partition("=")
            if not sign or not name.strip() or not text.strip():
                told = _("Line %(number)s: write a name, =, and its value, like height = 600.")
                raise forms.ValidationError(told % {"number": number})
            if name.strip() in found:
                told = _("Line %(number)s: “%(name)s” is there already.")
                raise forms.ValidationError(told % {"number": number, "name": name.strip()})
            found[name.strip()] = self._value(number, text.strip())
        return found

    def _value(self, number: int, text: str) -> Any:
        if len(text) > 1 and text[0] == text[-1] == '"':
            return text[1:-1]
        try:
            return fact(text)
        except ValueError as error:
            told = _("Line %(number)s: %(reason)s") % {"number": number, "reason": error}
            raise forms.ValidationError(told) from None

    def lines(self, value: Any) -> list[str] | None:
        if not isinstance(value, dict):
            return None
        if not all(isinstance(each, str | int | float) for each in value.values()):
            return None
        return [f"{name} = {self._said(each)}" for name, each in value.items()]

    def _said(self, value: Any) -> str:
        """A text in quotes where it would be read as a number."""
        text = shown(value)
        return f'"{text}"' if isinstance(value, str) and fact(text) != value else text


class TextsField(PairsField):
    """Texts by name, one a line: engraving = Ania."""

    def _value(self, number: int, text: str) -> Any:
        return text

    def _said(self, value: Any) -> str:
        return str(value)


class PartsField(TextsField):
    """Quantities by part; nothing where any are right."""

    def read(self, lines: list[str]) -> Any:
        return super().read(lines) or None


class LinesField(WrittenField):
    """Texts, one a line; a text in another language below its own: es: Revisar."""

    def read(self, lines: list[str]) -> Any:
        found: list[Any] = []
        for line in lines:
            code, sign, words = line.partition(":")
            if sign and found and code.strip() in languages() and words.strip():
                said = found[-1] if isinstance(found[-1], dict) else {FALLBACK: found[-1]}
                found[-1] = {**said, code.strip(): words.strip()}
            else:
                found.append(line)
        return found

    def lines(self, value: Any) -> list[str] | None:
        if not isinstance(value, list):
            return None
        told: list[str] = []
        for each in value:
            words = {FALLBACK: each} if isinstance(each, str) else each
            if not isinstance(words, dict) or FALLBACK not in words:
                return None
            told.append(str(words[FALLBACK]))
            told += [f"{code}: {text}" for code, text in words.items() if code != FALLBACK]
        return told


class AfterField(WrittenField):
    """Codes of operations, with commas; nothing for the one before, - for none at all."""

    json = ("{", "[", '"')

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["rows"] = 2

    def read(self, lines: list[str]) -> Any:
        text = ",".join(lines)
        if not text:
            return None
        return [] if text == "-" else [code.strip() for code in text.split(",") if code.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "-" if value == [] else super().prepare_value(value)

    def lines(self, value: Any) -> list[str] | None:
        return [", ".join(map(str, value))] if isinstance(value, list) else None


STATEMENT = re.compile(
    r"(?P<code>[^:\s]+):\s*(?P<how>exactly|at least)\s+(?P<count>\d+)\s+of\s+(?P<of>.+?)"
    r"(?:\s+when\s+(?P<when>.+))?\Z"
)
COUNTS = {"exactly": "exactly", "at_least": "at least"}


class CoverageField(WrittenField):
    """Statements, one a line, with what is told below: legs: exactly 1 of leg, frame."""

    def read(self, lines: list[str]) -> Any:
        found: list[dict[str, Any]] = []
        for number, line in enumerate(lines, start=1):
            code, sign, words = line.partition(":")
            if sign and found and code.strip() in languages():
                message = found[-1].setdefault("message", {})
                message[code.strip()] = words.strip()
                continue
            said = STATEMENT.match(line)
            if said is None:
                told = _("Line %(number)s: write like one-finish: exactly 1 of oil, varnish")
                raise forms.ValidationError(told % {"number": number})
            found.append(self._statement(said))
        return found

    def _statement(self, said: re.Match[str]) -> dict[str, Any]:
        when = {"when": said["when"].strip()} if said["when"] else {}
        codes = [code.strip() for code in said["of"].split(",") if code.strip()]
        count = {said["how"].replace(" ", "_"): int(said["count"])}
        return {"code": said["code"], **when, "of": codes, **count}

    def lines(self, value: Any) -> list[str] | None:
        if not isinstance(value, list):
            return None
        told: list[str] = []
        for statement in value:
            if not isinstance(statement, dict) or not (words := self._words(statement)):
                return None
            told += words
        try:
            return told if self.read(told) == value else None
        except forms.ValidationError:  # a condition of several lines
            return None

    def _words(self, statement: dict[str, Any]) -> list[str]:
        """A statement as lines; [] where it says something that no line can."""
        count = next((name for name in COUNTS if name in statement), "")
        known = {"code", "when", "of", "message", count}
        if not count or not set(statement) <= known or not isinstance(statement.get("of"), list):
            return []
        of = ", ".join(map(str, statement["of"]))
        line = f"{statement.get('code')}: {COUNTS[count]} {statement[count]} of {of}"
        when = f" when {statement['when']}" if statement.get("when") else ""
        message = statement.get("message", {})
        said = message.items() if isinstance(message, dict) else ()
        return [line + when, *(f"{code}: {text}" for code, text in said)]


class FormatsField(forms.MultipleChoiceField):
    """The kinds of picture files that customers may send."""

    def __init__(self, *, encoder: Any = None, decoder: Any = None, **named: Any) -> None:
        formats = [(name, name.upper()) for name in ("png", "jpeg", "webp")]
        super().__init__(choices=formats, widget=forms.CheckboxSelectMultiple, **named)


PAIR = gettext_lazy("One a line, like: height = 600")
CHECKS = gettext_lazy("One a line; a translation below it, like: es: Revisar")
PATHS = gettext_lazy("Paths of picture files, one a line; {option} stands for the chosen value.")
AFTER = gettext_lazy(
    "Names of operations, with commas. Nothing: the one before it. A dash: it can begin at once."
)
SHOWCASE = gettext_lazy("The design that the shop shows, an option a line, like: height = 600")
COVERAGE = gettext_lazy(
    "What every design must have, a statement a line, like one-finish: exactly 1 of oil, varnish "
    "when wood != raw. Below it what is told, like en: Wood is finished in one way."
)
PARTS = gettext_lazy("Quantities by part code, one a line, like: leg = 4. Nothing: any.")

WRITTEN: dict[str, tuple[type[forms.Field], str | Promise]] = {
    "choice.attributes": (PairsField, PAIR),
    "product.showcase": (PairsField, SHOWCASE),
    "product.coverage": (CoverageField, COVERAGE),
    "inspiration.design": (PairsField, PAIR),
    "designcase.choices": (PairsField, PAIR),
    "designcase.texts": (TextsField, PAIR),
    "designcase.parts": (PartsField, PARTS),
    "operation.checks": (LinesField, CHECKS),
    "operation.pictures": (LinesField, PATHS),
    "operation.predecessors": (AfterField, AFTER),
    "option.accept": (FormatsField, ""),
}
"""How JSON columns are written in forms, and what is said of it, by model and column."""


class WrittenFields:
    """Forms in which nobody needs to write JSON where lines can say it."""

    def formfield_for_dbfield(self, db_field: Any, request: Any, **named: Any) -> Any:
        key = f"{db_field.model._meta.model_name}.{db_field.name}"
        if key in WRITTEN:
            named["form_class"], named["help_text"] = WRITTEN[key]
        return super().formfield_for_dbfield(db_field, request, **named)  # type: ignore[misc]
