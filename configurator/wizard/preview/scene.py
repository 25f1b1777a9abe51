"""The scene of a product, read once: its layers with their formulas ready to compute.

Beyond the import format's basics a layer may also have
- `layers` (a group): its own layers are painted together for every repetition,
- `define`: more names, computed for every repetition.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from configurator.engine import Schema
from configurator.wizard.preview.formulas import Condition, Formulas, Number, Values

BRACES = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
MOST_REPEATS = 400

Spec = Mapping[str, Any]
Names = tuple[tuple[str, Number], ...]


@dataclass(frozen=True)
class Layer:
    """One layer. `kind` says which part of `spec` it paints; `numbers` are that part's formulas."""

    code: str
    kind: str  # image, panel, text, artwork, group
    spec: Spec
    numbers: Mapping[str, Any] = field(repr=False)
    panel: Callable[[Values], tuple[Any, ...]] | None = None  # the numbers of PANEL, and opacity
    when: Condition | None = None
    counter: str = ""
    count: Number | None = None
    define: Names = ()
    layers: tuple["Layer", ...] = ()
    views: frozenset[str] = frozenset()  # on which it is seen; empty: on all


@dataclass(frozen=True)
class Scene:
    """Sizes are in scene pixels; `uses` are the options on which the picture depends.

    `views` are the codes of its views, the first of which papers show; () where there is one.
    """

    width: int
    height: int
    ground: Spec
    shadow: Mapping[str, Number]
    define: Names
    layers: tuple[Layer, ...]
    files: Mapping[str, str] | None
    uses: frozenset[str]
    views: tuple[str, ...] = ()
    view_names: Mapping[str, Names] = field(default_factory=dict)
    view_when: Mapping[str, Condition] = field(default_factory=dict)

    def names(self, view: str) -> Names:
        """The names of the picture, as this view says them."""
        return self.view_names.get(view, self.define)

    def has_view(self, view: str, values: Values) -> bool:
        """Whether a design has this view."""
        when = self.view_when.get(view)
        return when is None or bool(when(values))


def read_scene(picture: Spec, schema: Schema) -> Scene:
    """Read the `picture:` mapping; raises ExpressionError for a bad formula."""
    reader = _Reader(picture, schema)
    ground = picture.get("ground") or {}
    shadow = ground.get("shadow") or {}
    views = picture.get("views") or ()
    names = picture.get("define") or {}
    return Scene(
        width=int(picture.get("width") or 1200),
        height=int(picture.get("height") or 900),
        ground=ground,
        shadow={key: reader.number(value) for key, value in shadow.items()}
        if isinstance(shadow, Mapping)
        else {},
        define=reader.names(names),
        layers=tuple(reader.layer(spec) for spec in picture.get("layers") or ()),
        files=picture.get("files"),
        views=tuple(str(view["code"]) for view in views),
        view_names={
            str(view["code"]): reader.names({**names, **view["define"]})
            for view in views
            if view.get("define")
        },
        view_when={
            str(view["code"]): reader.condition(view["when"]) for view in views if view.get("when")
        },
        uses=frozenset(reader.uses),
    )


class _Reader:
    def __init__(self, picture: Spec, schema: Schema) -> None:
        self.formulas = Formulas(schema, _local_names(picture))
        self.options = {variable.name for variable in schema.variables} | set(schema.texts)
        self.uses: set[str] = set()

    def number(self, text: str | float) -> Number:
        self.uses |= self.formulas.references(text) & self.options
        return self.formulas.number(text)

    def condition(self, text: str) -> Condition:
        condition, names = self.formulas.condition(text)
        self.uses |= names & self.options
        return condition

    def names(self, define: Spec) -> Names:
        """In the order of their dependence: a database may have lost the order of writing."""
        waiting = {name: self.formulas.references(text) for name, text in define.items()}
        ordered: list[str] = []
        while waiting:
            ready = [name for name, needs in waiting.items() if not needs & waiting.keys()]
            for name in ready or list(waiting):  # a circle: computing it skips what needs it
                ordered.append(name)
                del waiting[name]
        return tuple((name, self.number(define[name])) for name in ordered)

    def layer(self, spec: Spec) -> Layer:
        kind = next(
            (k for k in ("layers", "panel", "text", "artwork", "image") if spec.get(k)), "image"
        )
        repeat = spec.get("repeat") or {}
        self.uses |= _options_named(spec) & self.options
        if kind == "artwork":  # a file's option has no values, so no schema knows it
            self.uses.add(str(spec["artwork"].get("option")))
        return Layer(
            code=str(spec.get("code", "")),
            kind="group" if kind == "layers" else kind,
            spec=spec,
            numbers=self._numbers(kind, spec),
            panel=self._panel(spec) if kind == "panel" else None,
            when=self.condition(spec["when"]) if spec.get("when") else None,
            counter=repeat.get("name", ""),
            count=self.number(repeat["count"]) if repeat else None,
            define=self.names(spec.get("define") or {}),
            layers=tuple(self.layer(inner) for inner in spec.get("layers") or ()),
            views=frozenset(spec.get("views") or ()),
        )

    def _numbers(self, kind: str, spec: Spec) -> dict[str, Any]:
        """The formulas of a layer's part, by their keys; lists stay lists."""
        part = spec.get(kind)
        numbers: dict[str, Any] = {}
        if spec.get("opacity") is not None:
            numbers["opacity"] = self.number(spec["opacity"])
        if kind == "image" and spec.get("box"):
            numbers["box"] = [self.number(each) for each in spec["box"]]
        if isinstance(part, Mapping):
            for key in _FORMULAS.get(kind, ()):
                if part.get(key) is not None:
                    numbers[key] = self._each(part[key])
        return numbers

    def _panel(self, spec: Spec) -> Callable[[Values], tuple[Any, ...]]:
        """All the numbers of a panel in one function, which takes a third of the time."""
        part = spec["panel"]
        written = [part.get(key) if part.get(key) is not None else PANEL[key] for key in PANEL]
        opacity = spec.get("opacity")
        written.append(1.0 if opacity is None else opacity)
        self._note(written)
        return self.formulas.together(written)

    def _note(self, written: Any) -> None:
        if isinstance(written, list | tuple):
            for each in written:
                self._note(each)
        else:
            self.uses |= self.formulas.references(written) & self.options

    def _each(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [self._each(item) for item in value]
        return self.number(value)


PANEL: dict[str, Any] = {
    "points": (),
    "texture_scale": 1.0,
    "grain": 0.0,
    "shade": (),
    "shade_angle": 90.0,
    "fade": (),
    "outline": 0.0,
    "soft": 0.0,
    "radius": 0.0,
}
"""The numbers of a panel and what they are where nothing is written."""

_FORMULAS = {
    "text": ("at", "size", "max_width", "rotate", "curve", "letter_mm", "width_mm", "path"),
    "artwork": ("box", "rotate", "width_mm", "height_mm", "bleed_mm", "dpi", "inks"),
}


def _specs(layers: Iterable[Spec]) -> Iterator[Spec]:
    for spec in layers:
        yield spec
        yield from _specs(spec.get("layers") or ())


def _local_names(picture: Spec) -> set[str]:
    names = set(picture.get("define") or ())
    for spec in _specs(picture.get("layers") or ()):
        names |= set(spec.get("define") or ())
        if spec.get("repeat"):
            names.add(spec["repeat"]["name"])
    return names


def _options_named(spec: Spec) -> set[str]:
    """Every word in a layer that may be an option's code: colors, fonts, texts, `{option}`."""
    words: set[str] = set()
    stack: list[Any] = [
        value for key, value in spec.items() if key not in ("layers", "define", "views")
    ]
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            words.add(value)
            words.update(BRACES.findall(value))
        elif isinstance(value, Mapping):
            stack.extend(value.values())
        elif isinstance(value, list | tuple):
            stack.extend(value)
    return words


def filled(text: str, values: Values) -> str:
    """`text` with each `{option}` replaced; raises KeyError for one without a value."""
    return BRACES.sub(lambda match: plain(values[match[1]]), text)


def plain(value: Any) -> str:
    """A value as it stands in a file name."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
