"""The picture of a product in ordinary fields: its size, its ground, its names and its views."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from configurator.catalog.admin.fields import LinesField, TextsField
from configurator.catalog.admin.seeing import FormBase
from configurator.catalog.content import Path
from configurator.catalog.fields import COLOR
from configurator.catalog.problems import Problem
from configurator.catalog.schema import problems_with
from configurator.catalog.texts import FALLBACK

WHOLE = re.compile(r"-?\d+\Z")
NUMBER = re.compile(r"-?\d+\.\d+\Z")


class FormulasField(TextsField):
    """Formulas by name, one a line; numbers as numbers."""

    def _value(self, number: int, text: str) -> Any:
        return int(text) if WHOLE.match(text) else float(text) if NUMBER.match(text) else text

    def lines(self, value: Any) -> list[str] | None:
        lines = super().lines(value)
        try:
            return lines if lines is not None and self.read(lines) == value else None
        except forms.ValidationError:  # a formula of several lines
            return None


class MeasuresField(TextsField):
    """Lines by option, one a line: width = x0; 830; x1; 830."""

    def _value(self, number: int, text: str) -> Any:
        ends = [part.strip() for part in text.split(";")]
        if len(ends) != 4 or not all(ends):
            told = _("Line %(number)s: write two points, like width = 100; 830; 1100; 830")
            raise forms.ValidationError(told % {"number": number})
        return [
            int(end) if WHOLE.match(end) else float(end) if NUMBER.match(end) else end
            for end in ends
        ]

    def lines(self, value: Any) -> list[str] | None:
        if not isinstance(value, dict) or not all(
            isinstance(each, list) for each in value.values()
        ):
            return None
        said = [f"{code} = {'; '.join(map(str, ends))}" for code, ends in value.items()]
        try:
            return said if self.read(said) == value else None
        except forms.ValidationError:
            return None


class ViewsField(LinesField):
    """Views, one a line: front = Front; its name in another language below: es: Frente."""

    def read(self, lines: list[str]) -> Any:
        found = []
        for number, said in enumerate(super().read(lines), start=1):
            words = {FALLBACK: said} if isinstance(said, str) else said
            code, sign, name = words[FALLBACK].partition("=")
            if not sign or not code.strip() or not name.strip():
                told = _("View %(number)s: write a code, =, and its name, like front = Front.")
                raise forms.ValidationError(told % {"number": number})
            named = {**words, FALLBACK: name.strip()}
            found.append({"code": code.strip(), "name": named})
        return found

    def lines(self, value: Any) -> list[str] | None:
        try:
            said = [
                {**view["name"], FALLBACK: f"{view['code']} = {view['name'][FALLBACK]}"}
                for view in value
            ]
        except (TypeError, KeyError):
            return None
        return super().lines(said)


def _pixels(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=10, max_value=4000, help_text=help_text
    )


def _color(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=7,
        validators=[COLOR],
        widget=forms.TextInput(attrs={"size": 9, "placeholder": "#f4efe6"}),
    )


class PictureForm(FormBase):
    """Fields which together are the column `picture`; PLACES tells which stands for what."""

    picture_width = _pixels(
        gettext_lazy("Width, pixels"),
        gettext_lazy("As wide as the files of its layers. Bringing in the first files says it."),
    )
    picture_height = _pixels(gettext_lazy("Height, pixels"))
    ground_top = _color(gettext_lazy("Color of the wall"))
    ground_bottom = _color(gettext_lazy("Color of the floor"))
    ground_horizon = forms.DecimalField(
        label=gettext_lazy("Where the floor begins, % from the top"),
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=2,
    )
    ground_shadow = FormulasField(
        label=gettext_lazy("Shadow on the floor"),
        required=False,
        help_text=gettext_lazy("One a line, like: strength = 0.85. strength = 0: none."),
    )
    picture_define = FormulasField(
        label=gettext_lazy("Names for the formulas of layers"),
        required=False,
        help_text=gettext_lazy("One a line, like: scale = 900 / width"),
    )
    picture_measures = MeasuresField(
        label=gettext_lazy("Measures on the picture"),
        required=False,
        help_text=gettext_lazy(
            "Where numbers are seen, an option a line: the two ends of a line, left and top in "
            "pixels or formulas, like: width = x0; 830; x1; 830"
        ),
    )
    picture_views = ViewsField(
        label=gettext_lazy("Views"),
        required=False,
        help_text=gettext_lazy(
            "Sides from which it is shown, one a line, like: front = Front. "
            "A translation below it, like: es: Frente"
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, keys in PLACES.items():
            value: Any = self.instance.picture
            for key in keys:
                value = value.get(key) if isinstance(value, dict) else None
            if field == "ground_horizon" and isinstance(value, int | float):
                value = round(value * 100, 2)
            self.initial.setdefault(field, value)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not any(field in self.errors for field in PLACES):
            picture = self._picture(data)
            for problem in problems_with(picture, "picture"):
                self.add_error(_field(problem.path), _told(problem))
            self.instance.picture = picture
        return data

    def _picture(self, data: dict[str, Any]) -> dict[str, Any]:
        old = self.instance.picture if isinstance(self.instance.picture, dict) else {}
        picture = {key: value for key, value in old.items() if (key,) not in PLACES.values()}
        picture["ground"] = dict(picture.get("ground") or {})
        for field, keys in PLACES.items():
            value = data.get(field)
            if field == "ground_horizon" and value is not None:
                value = float(value) / 100
            here = picture["ground"] if keys[0] == "ground" else picture
            if value in (None, "", {}, []):
                here.pop(keys[-1], None)
            else:
                here[keys[-1]] = value
        if not picture["ground"]:
            del picture["ground"]
        return picture


PLACES: dict[str, tuple[str, ...]] = {
    "picture_width": ("width",),
    "picture_height": ("height",),
    "ground_top": ("ground", "top"),
    "ground_bottom": ("ground", "bottom"),
    "ground_horizon": ("ground", "horizon"),
    "ground_shadow": ("ground", "shadow"),
    "picture_define": ("define",),
    "picture_measures": ("measures",),
    "picture_views": ("views",),
}
"""Where in the picture each field's value stands."""


def _field(path: Path) -> str | None:
    """The field in which a place of the picture is written."""
    return next((field for field, keys in PLACES.items() if path[: len(keys)] == keys), None)


def _told(problem: Problem) -> str:
    inside = [str(step) for step in problem.path[1:] if isinstance(step, str)]
    return f"{inside[-1]}: {problem.told}" if inside else problem.told
