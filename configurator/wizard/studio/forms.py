"""The form of one layer: its numbers and names in fields, checked as publishing checks them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from configurator.catalog.configuration import exact
from configurator.catalog.content import Content, options_of, sha_of
from configurator.catalog.layering import LayerRefused
from configurator.catalog.texts import say
from configurator.wizard.studio.asking import views_of
from configurator.wizard.studio.stack import kind_of

NUMBER = re.compile(r"-?\d{1,6}(\.\d{1,4})?\Z", re.ASCII)
PLACES: Mapping[str, tuple[str, ...]] = {
    "text": ("x", "y"),
    "artwork": ("left", "top", "width", "height"),
    "image": ("left", "top", "width", "height"),
}
FORMULAS: Mapping[str, tuple[str, ...]] = {
    "text": ("size", "max_width", "rotate", "curve", "letter_mm"),
    "artwork": ("rotate", "width_mm", "height_mm", "bleed_mm", "dpi", "inks"),
    "image": ("opacity",),
    "panel": (),
    "layers": (),
}
WORDS: Mapping[str, tuple[str, ...]] = {
    "text": ("font", "color", "effect"),
    "artwork": ("effect",),
    "image": ("tint", "mask", "blend"),
    "panel": (),
    "layers": (),
}
LABELS = {
    "when": gettext_lazy("Only when"),
    "image": gettext_lazy("Picture file"),
    "option": gettext_lazy("Option"),
    "tint": gettext_lazy("Tint"),
    "mask": gettext_lazy("Mask of the tint"),
    "blend": gettext_lazy("Laid on"),
    "opacity": gettext_lazy("Opacity"),
    "x": gettext_lazy("Middle, from the left"),
    "y": gettext_lazy("Middle, from the top"),
    "left": gettext_lazy("Left"),
    "top": gettext_lazy("Top"),
    "width": gettext_lazy("Width"),
    "height": gettext_lazy("Height"),
    "size": gettext_lazy("Size of letters"),
    "max_width": gettext_lazy("Widest"),
    "rotate": gettext_lazy("Turned, degrees"),
    "curve": gettext_lazy("Bent, degrees"),
    "letter_mm": gettext_lazy("Height of capitals, mm"),
    "width_mm": gettext_lazy("True width, mm"),
    "height_mm": gettext_lazy("True height, mm"),
    "bleed_mm": gettext_lazy("Bleed, mm"),
    "dpi": gettext_lazy("Sharp from, dpi"),
    "inks": gettext_lazy("Colors at most"),
    "font": gettext_lazy("Font"),
    "color": gettext_lazy("Color"),
    "effect": gettext_lazy("Effect"),
    "views": gettext_lazy("Seen on"),
}
HELPS = {
    "tint": gettext_lazy("A color like #7a1f1f, or an option whose values have colors."),
    "mask": gettext_lazy("White where the tint is laid. Without one it is laid everywhere."),
    "image": gettext_lazy("{option} stands for the chosen value."),
    "bleed_mm": gettext_lazy("How far a picture must run over its place, or stay inside it."),
    "dpi": gettext_lazy("Pixels an inch; 200 if nothing is said."),
    "inks": gettext_lazy("1 for engraving; nothing, or 0, for any number of colors."),
    "left": gettext_lazy("For a picture that is smaller than the scene. Pixels or formulas."),
}


class LayerForm(forms.Form):
    """The fields that a layer of this kind has; what they do not show of it is kept."""

    def __init__(self, spec: Content, content: Content, locale: str, data: Any = None) -> None:
        self.spec, self.kind = spec, kind_of(spec)
        self.code = str(spec.get("code", ""))
        self.seen = sha_of(spec)[:16]  # what the form was made of
        super().__init__(data, auto_id=f"l-{self.code}-%s", initial=initial(spec))
        self._add(content, locale)

    def _add(self, content: Content, locale: str) -> None:
        kind = self.kind
        if kind == "image":
            self._text("image", most=200)
        if kind in ("text", "artwork"):
            wanted = "text" if kind == "text" else "file"
            choices = [
                (option["code"], say(option["name"], locale))
                for option in options_of(content)
                if option["kind"] == wanted
            ]
            self._choose("option", choices)
        for name in PLACES.get(kind, ()):
            self._text(name, most=200)
        for name in (*FORMULAS[kind], *WORDS[kind]):
            if name == "blend":
                blends = (("normal", _("covering")), ("multiply", _("darkening")))
                self._choose(name, [*blends, ("screen", _("lightening"))])
            else:
                self._text(name, most=200)
        self._text("when", most=1_000)
        if views := views_of(content["picture"], locale):
            self.fields["views"] = forms.MultipleChoiceField(
                choices=views,
                required=False,
                label=LABELS["views"],
                widget=forms.CheckboxSelectMultiple,
                help_text=_("On all, where none is ticked."),
            )

    def _text(self, name: str, *, most: int) -> None:
        attributes = {"spellcheck": "false", "autocomplete": "off"}
        if name in ("tint", "color"):
            attributes["list"] = "paints"
        if name in ("image", "mask"):
            attributes["list"] = "files"
        if name == "effect":
            attributes["list"] = "effects"
        self.fields[name] = forms.CharField(
            required=False,
            max_length=most,
            label=LABELS[name],
            help_text=HELPS.get(name, ""),
            widget=forms.TextInput(attrs=attributes),
        )

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name] = forms.ChoiceField(choices=choices, label=LABELS[name], required=False)

    def told(self, refused: LayerRefused) -> None:
        """Put what is wrong at its fields."""
        for problem in refused.problems:
            self.add_error(self._field(problem.path), problem.told)

    def _field(self, path: tuple[str | int, ...]) -> str | None:
        names = [part for part in path if isinstance(part, str) and part in self.fields]
        if names:
            return names[-1]
        places = PLACES.get(self.kind, ())
        if {"at", "box"} & {*path} and places:
            place = next((part for part in path if isinstance(part, int)), 0)
            return places[min(place, len(places) - 1)]
        return None


def initial(spec: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields show of a layer."""
    kind = kind_of(spec)
    part: Mapping[str, Any] = spec[kind] if kind in ("text", "artwork") else spec
    found: dict[str, Any] = {"when": spec.get("when", ""), "views": spec.get("views", [])}
    names = ("image", "option", *FORMULAS[kind], *WORDS[kind])
    found |= {name: str(part[name]) for name in names if part.get(name) is not None}
    place = part.get("at") if kind == "text" else part.get("box")
    fields = PLACES.get(kind, ())
    if isinstance(place, list) and len(place) == len(fields):
        found |= {name: str(each) for name, each in zip(fields, place, strict=True)}
    return found


def written(spec: Content, data: Mapping[str, Any]) -> Content:
    """The layer with what the fields say now; what they do not show stays."""
    made = {key: value for key, value in spec.items() if key not in ("code", "when")}
    kind = kind_of(spec)
    part = dict(made[kind]) if kind in ("text", "artwork") else made
    for name in ("image", "option", *FORMULAS[kind], *WORDS[kind]):
        if name in data:
            _set(part, name, _plain(data[name]) if name in FORMULAS[kind] else data[name].strip())
    fields = PLACES.get(kind, ())
    if fields and fields[0] in data:
        place = [_plain(data[name]) for name in fields]
        _set(part, "at" if kind == "text" else "box", place if any(e != "" for e in place) else "")
    if "views" in data:
        _set(made, "views", list(data["views"]) or "")
    if part.get("blend") == "normal":
        del part["blend"]
    if kind in ("text", "artwork"):
        made[kind] = part
    return made


def _set(part: Content, name: str, value: Any) -> None:
    if value == "":
        part.pop(name, None)
    else:
        part[name] = value


def _plain(text: str) -> Any:
    """A number as a number, anything else as the formula that it is."""
    text = text.strip()
    if not NUMBER.match(text):
        return text
    value = exact(Decimal(text))
    return value if isinstance(value, int) else float(value)


SMALLEST = 8
"""Pixels that are left of a box that is made smaller."""
LETTERS = 40
"""The size of letters where a text does not say it; its widest is then six times that."""


def moved(spec: Content, by: list[int]) -> Content:
    """The layer moved (and made larger) by so many pixels; formulas get a number added.

    Of a text, by its middle, the widest and the size of its letters are made larger.
    """
    made = {key: value for key, value in spec.items() if key not in ("code", "when")}
    kind = kind_of(spec)
    part = dict(made[kind]) if kind in ("text", "artwork") else made
    place = "at" if kind == "text" else "box"
    known = part.get(place)
    if isinstance(known, list):
        part[place] = [_more(each, more) for each, more in zip(known, by[:2], strict=False)]
        if kind != "text":
            part[place] += [
                _grown(each, more) for each, more in zip(known[2:], by[2:], strict=False)
            ]
    if kind == "text":
        part |= _larger(part, by[2], by[3])
    if kind in ("text", "artwork"):
        made[kind] = part
    return made


def _larger(text: Content, wider: int, higher: int) -> Content:
    """What is other in a text that has become wider and higher."""
    size = text.get("size", LETTERS)
    made: Content = {"size": _grown(size, higher)} if higher else {}
    if wider:
        plain = _plain(str(size))
        widest = f"6 * ({plain})" if isinstance(plain, str) else plain * 6
        made["max_width"] = _grown(text.get("max_width", widest), wider)
    return made


def _grown(value: Any, more: int) -> Any:
    """A length made larger or smaller; a number keeps a few pixels."""
    made = _more(value, more)
    return max(made, SMALLEST) if more < 0 and isinstance(made, int | float) else made


ADDED = re.compile(r"\((?P<formula>.*)\) (?P<sign>[+-]) (?P<number>\d+)", re.DOTALL)


def _more(value: Any, more: int) -> Any:
    """A number or a formula, so much more; what was added before is counted in."""
    if not more:
        return value
    known = _plain(str(value))
    if not isinstance(known, str):
        return known + more
    added = ADDED.fullmatch(known)
    if added and _balanced(added["formula"]):
        more += int(added["sign"] + added["number"])
        known = added["formula"]
    return f"({known}) {'+' if more > 0 else '-'} {abs(more)}" if more else known


def _balanced(text: str) -> bool:
    """Whether every bracket that closes was opened before."""
    depth = 0
    for letter in text:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth < 0:
            return False
    return depth == 0
