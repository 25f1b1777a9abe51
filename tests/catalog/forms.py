"""The forms of a page as a person sees them: fields by their labels, buttons by their words."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

VOID = {"input", "img", "br", "hr", "meta", "link", "source", "path", "rect", "circle"}
SUBMITS = ("submit", "image")


@dataclass
class Field:
    """An input, select, textarea or button; `form` names its form."""

    kind: str
    form: str
    attributes: dict[str, str]
    value: str = ""
    words: str = ""  # a button's
    group: str = ""  # the legend above it
    options: list[tuple[str, str, bool]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.attributes.get("name", "")

    @property
    def sent(self) -> list[str]:
        """What is sent of it as it stands."""
        if self.kind == "select":
            chosen = [value for value, _words, selected in self.options if selected]
            if not chosen and "multiple" not in self.attributes:
                return [self.options[0][0]] if self.options else []
            return chosen
        if self.kind in ("checkbox", "radio"):
            return [self.value or "on"] if "checked" in self.attributes else []
        return [self.value]


class Page(HTMLParser):
    """Reads a page; `base` is its address."""

    def __init__(self, html: str, base: str) -> None:
        super().__init__()
        self.base = base
        self.fields: list[Field] = []
        self.labels: dict[str, str] = {}  # id of a field -> words
        self.forms: dict[str, dict[str, str]] = {}
        self.links: dict[str, str] = {}
        self._form: list[str] = []
        self._within: list[tuple[str, Any]] = []  # label, button, option, textarea, a: being read
        self._text = ""
        self._group = ""
        self.feed(html)
        self.text = " ".join(self._text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            key = given.get("id") or f"form {len(self.forms)}"
            self.forms[key] = given
            self._form.append(key)
        elif tag in ("input", "select", "textarea", "button"):
            self._add(tag, given)
        elif tag == "option" and self.fields:
            self.fields[-1].options.append((given.get("value", ""), "", "selected" in given))
        if tag in ("label", "button", "option", "textarea", "a", "script", "style", "legend"):
            self._within.append((tag, [given, "", len(self.fields)]))

    def _add(self, tag: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text" if tag == "input" else "submit") if tag != "select" else tag
        kind = "textarea" if tag == "textarea" else kind
        form = given.get("form") or (self._form[-1] if self._form else "")
        made = Field(kind, form, given, given.get("value", ""), group=self._group)
        if tag == "input" and kind == "submit":
            made.words = given.get("value", "")
        self.fields.append(made)

    def handle_data(self, data: str) -> None:
        if not any(tag in ("script", "style") for tag, _read in self._within):
            self._text += data
        for _tag, read in self._within:
            read[1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._form:
            self._form.pop()
        if tag == "fieldset":
            self._group = ""
        if not self._within or self._within[-1][0] != tag:
            return
        _tag, (given, said, before) = self._within.pop()
        words = " ".join(said.split())
        if tag == "label":
            self._label(given, words, before)
        elif tag == "option" and self.fields:
            value, _words, selected = self.fields[-1].options[-1]
            self.fields[-1].options[-1] = (value, words, selected)
        elif tag == "textarea":
            self.fields[-1].value = said.removeprefix("\n")
        elif tag == "button":
            button = next(each for each in reversed(self.fields) if each.attributes is not None)
            button.words = given.get("aria-label") or words
        elif tag == "legend":
            self._group = words
        elif tag == "a":
            words = given.get("aria-label") or words
            self.links.setdefault(words, urljoin(self.base, given.get("href", "")))

    def _label(self, given: dict[str, str], words: str, before: int) -> None:
        if "for" in given:
            self.labels[given["for"]] = words.rstrip(":")
        elif len(self.fields) > before:
            inside = self.fields[before]
            chosen = "".join(each for _v, each, _s in inside.options)
            key = inside.attributes.setdefault("id", f"unnamed {before}")
            self.labels[key] = words.replace(chosen, "").strip().rstrip(":")

    # what a person does

    def button(self, words: str) -> Field:
        """The first button with these words."""
        found = [f for f in self.fields if f.kind in SUBMITS and f.words == words]
        assert found, f"no button “{words}” at {self.base}: {self.words_of_buttons()}"
        return found[0]

    def words_of_buttons(self) -> list[str]:
        return [each.words for each in self.fields if each.kind in SUBMITS]

    def labelled(self, label: str, form: str) -> Field:
        """The field of a form with this label (or the name that screen readers tell)."""
        mine = [f for f in self.fields if f.form == form and f.kind not in SUBMITS]
        for each in mine:
            told = self.labels.get(each.attributes.get("id", "")) or ""
            if label in (told, each.attributes.get("aria-label")):
                return each
        known = [self.labels.get(f.attributes.get("id", "")) or f.name for f in mine]
        raise AssertionError(f"no field “{label}” at {self.base}: {known}")

    def has(self, label: str, form: str) -> bool:
        """Whether a form has a field with this label."""
        try:
            self.labelled(label, form)
        except AssertionError:
            return False
        return True

    def enter(self, form: str, entered: dict[str, Any]) -> None:
        """What was entered stays in the fields, as when one goes back."""
        for label, value in entered.items():
            known = self.labelled(label, form)
            if known.kind == "select":
                chosen = _value(known, value)
                known.options = [(v, words, v == chosen) for v, words, _s in known.options]
            else:
                known.value = value

    def filled(self, button: Field, entered: dict[str, Any]) -> dict[str, Any]:
        """What is sent by the button when these fields, by their labels, were filled in."""
        data: dict[str, Any] = {}
        for each in self.fields:
            if each.form == button.form and each.name and each.kind not in (*SUBMITS, "file"):
                data.setdefault(each.name, []).extend(each.sent)
        for label, value in entered.items():
            known = self.labelled(label, button.form)
            data[known.name] = value if isinstance(value, list) else [_value(known, value)]
        if button.name:
            data[button.name] = [button.value]
        return data

    def action(self, button: Field) -> str:
        given = button.attributes.get("formaction") or self.forms[button.form].get("action", "")
        return urljoin(self.base, given)


def _value(known: Field, entered: Any) -> Any:
    """What a select sends for the words that are chosen."""
    if known.kind == "checkbox":
        return known.value or "on"
    if known.kind != "select":
        return entered
    for value, words, _selected in known.options:
        if entered in (words, value):
            return value
    raise AssertionError(f"“{entered}” is none of {[words for _v, words, _s in known.options]}")
