"""The preview picture: layers that speak of existing options, colors, fonts and formulas."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path as FilePath
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings

from configurator.catalog.braces import NAMED
from configurator.catalog.checks.formulas import Formula, checked
from configurator.catalog.content import Content, Path, options_of
from configurator.catalog.modeling import SPACE_KINDS, schema_of
from configurator.catalog.problems import Problem, meant, of_expression
from configurator.engine import ExpressionError, Schema, parse
from configurator.engine.words import Words as _

FORMS = ("image", "panel", "text", "artwork", "layers")
EFFECTS = ("print", "emboss", "foil")
FONT = "DejaVuSans"
"""The font of a text layer that names none."""


@dataclass(frozen=True)
class Scope:
    """What a layer may speak of."""

    options: Mapping[str, Content]
    schema: Schema
    views: tuple[str, ...] = ()

    def with_names(self, names: Mapping[str, Any]) -> "Scope":
        schema = Schema(
            self.schema.variables,
            self.schema.texts,
            {**self.schema.names, **dict.fromkeys(names, int)},
        )
        return Scope(self.options, schema, self.views)


def picture_problems(content: Content) -> list[Problem]:
    """Everything that is wrong with the picture, besides missing files."""
    options = {option["code"]: option for option in options_of(content)}
    problems = [
        problem
        for s, step in enumerate(content["steps"])
        for o, option in enumerate(step["options"])
        for c, choice in enumerate(option["choices"])
        for problem in _path(choice["image"], ("steps", s, "options", o, "choices", c, "image"))
    ]
    picture = content["picture"]
    if not picture:
        return problems
    path: Path = ("picture",)
    views = [str(view["code"]) for view in picture.get("views") or ()]
    scope = Scope(options, schema_of(content), tuple(views))
    problems += [
        Problem(
            (*path, "views", index, "code"),
            _("There is another view called “%(code)s”.", code=code),
        )
        for index, code in enumerate(views)
        if code in views[:index]
    ]
    defined = picture.get("define") or {}
    problems += _names(defined, scope, (*path, "define"))
    scope = scope.with_names(defined)
    problems += _defines(defined, scope, (*path, "define"))
    for index, view in enumerate(picture.get("views") or ()):
        problems += _view(view, defined, scope, (*path, "views", index))
    shadow = picture.get("ground", {}).get("shadow")
    problems += _numbers(shadow, scope, (*path, "ground", "shadow"))
    for code, line in (picture.get("measures") or {}).items():
        problems += _measured(code, scope, (*path, "measures", code))
        problems += _numbers(line, scope, (*path, "measures", code))
    for index, layer in enumerate(picture.get("layers", ())):
        problems += _layer(layer, scope, (*path, "layers", index))
    return problems


def _view(view: Content, defined: Content, scope: Scope, path: Path) -> Iterator[Problem]:
    """A view's condition, and what of the picture's names it says otherwise."""
    if isinstance(view.get("when"), str):
        yield from checked(Formula((*path, "when"), view["when"], "condition"), scope.schema)
    own = view.get("define") or {}
    for name in own:
        if name not in defined:
            yield Problem(
                (*path, "define", name),
                _(
                    "The picture defines no “%(name)s”.%(hint)s",
                    name=name,
                    hint=meant(name, list(defined)),
                ),
            )
    yield from _defines({**defined, **own}, scope, (*path, "define"))


def _layer(layer: Content, scope: Scope, path: Path) -> Iterator[Problem]:
    forms = [form for form in FORMS if form in layer]
    if len(forms) != 1:
        yield Problem(path, _("A layer has exactly one of: %(forms)s.", forms=", ".join(FORMS)))
    repeat = layer.get("repeat")
    if repeat:
        yield from _numbers(repeat["count"], scope, (*path, "repeat", "count"))
        yield from _names([repeat["name"]], scope, (*path, "repeat", "name"), whole=True)
        scope = scope.with_names({repeat["name"]: int})
    defined = layer.get("define") or {}
    yield from _names(defined, scope, (*path, "define"))
    scope = scope.with_names(defined)
    yield from _defines(defined, scope, (*path, "define"))
    if isinstance(layer.get("when"), str):
        yield from checked(Formula((*path, "when"), layer["when"], "condition"), scope.schema)
    yield from _numbers(layer.get("opacity"), scope, (*path, "opacity"))
    yield from _numbers(layer.get("box"), scope, (*path, "box"))
    yield from _paint(layer.get("tint"), scope, (*path, "tint"))
    yield from _image(layer.get("image", ""), scope, (*path, "image"))
    yield from _mask(layer, scope, path)
    yield from _views(layer.get("views") or (), scope, (*path, "views"))
    yield from _panel(layer.get("panel") or {}, scope, (*path, "panel"))
    yield from _text(layer.get("text") or {}, scope, (*path, "text"))
    yield from _artwork(layer.get("artwork") or {}, scope, (*path, "artwork"))
    for index, inner in enumerate(layer.get("layers", ())):
        yield from _layer(inner, scope, (*path, "layers", index))


def _mask(layer: Content, scope: Scope, path: Path) -> Iterator[Problem]:
    """A mask says where the tint of an image is laid."""
    if not layer.get("mask"):
        return
    yield from _image(layer["mask"], scope, (*path, "mask"))
    if not layer.get("image") or not layer.get("tint"):
        yield Problem((*path, "mask"), _("A mask needs an image and a tint, which it lays on it."))


def _views(views: Iterable[str], scope: Scope, path: Path) -> Iterator[Problem]:
    for index, code in enumerate(views):
        if code not in scope.views:
            message = _(
                "The picture has no view “%(code)s”.%(hint)s",
                code=code,
                hint=meant(code, scope.views),
            )
            yield Problem((*path, index), message)


def _names(names: Any, scope: Scope, path: Path, *, whole: bool = False) -> Iterator[Problem]:
    for name in names:
        if scope.schema.known(name) or name in scope.options:
            here = path if whole else (*path, name)
            yield Problem(here, _("“%(name)s” is already the name of something else.", name=name))


def _defines(defined: Mapping[str, Any], scope: Scope, path: Path) -> Iterator[Problem]:
    """The formulas of names, and no name that needs itself."""
    needs: dict[str, set[str]] = {}
    for name, text in defined.items():
        try:
            read = parse(str(text), scope.schema, want="number").references
        except ExpressionError as error:
            yield of_expression((*path, name), error)
            return
        needs[name] = set(read) & set(defined)
    while ready := [name for name in needs if not needs[name] & needs.keys()]:
        for name in ready:
            del needs[name]
    if needs:
        circle = ", ".join(sorted(needs))
        yield Problem(
            (*path, min(needs)),
            _("These names need each other in a circle: %(circle)s.", circle=circle),
        )


def _numbers(value: Any, scope: Scope, path: Path) -> Iterator[Problem]:
    """The formulas in a number, a text, or lists and maps of them."""
    if isinstance(value, str):
        yield from checked(Formula(path, value, "number"), scope.schema)
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _numbers(each, scope, (*path, index))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _numbers(each, scope, (*path, key))


def image_problems(template: str, content: Content, path: Path) -> Iterator[Problem]:
    """What is wrong with the path of a picture file, options in braces."""
    options = {option["code"]: option for option in options_of(content)}
    yield from _image(template, Scope(options, Schema([])), path)


def _image(template: str, scope: Scope, path: Path) -> Iterator[Problem]:
    yield from _path(template, path)
    known = [code for code, option in scope.options.items() if option["kind"] in SPACE_KINDS]
    for name in NAMED.findall(template):
        if name not in known:
            yield Problem(
                path,
                _(
                    "There is no option “%(name)s” for {%(name)s}.%(hint)s",
                    name=name,
                    hint=meant(name, known),
                ),
            )
    if "{" in NAMED.sub("", template) or "}" in NAMED.sub("", template):
        yield Problem(path, _("Braces must hold one option's code: {frame_color}."))


def _path(path_text: str, path: Path) -> Iterator[Problem]:
    """A picture file lies beside the product's file or below, nowhere else."""
    if not path_text:
        return
    parts = PurePosixPath(path_text).parts
    if "\\" in path_text or path_text.startswith(("/", "~")) or ".." in parts or ":" in path_text:
        yield Problem(
            path,
            _(
                "“%(file)s” must be a path below the product's own folder.",
                file=path_text,
            ),
        )
    elif not path_text.lower().endswith((".png", ".jpg", ".jpeg", ".webp")):
        yield Problem(path, _("“%(file)s” is not a .png, .jpg or .webp file.", file=path_text))


def _paint(paint: Any, scope: Scope, path: Path) -> Iterator[Problem]:
    if not paint or str(paint).startswith("#"):
        return
    known = [code for code, option in scope.options.items() if option["kind"] == "choice"]
    if paint not in known:
        yield Problem(
            path,
            _(
                "“%(paint)s” is neither a color nor an option.%(hint)s",
                paint=paint,
                hint=meant(paint, known),
            ),
        )
    elif not any(choice["swatch"] for choice in scope.options[paint]["choices"]):
        yield Problem(
            path, _("No choice of “%(paint)s” has a swatch, so it gives no color.", paint=paint)
        )


def _panel(panel: Content, scope: Scope, path: Path) -> Iterator[Problem]:
    yield from _paint(panel.get("fill"), scope, (*path, "fill"))
    yield from _image(panel.get("texture", ""), scope, (*path, "texture"))
    formulas = {key: value for key, value in panel.items() if key not in ("fill", "texture")}
    for key, value in formulas.items():
        yield from _numbers(value, scope, (*path, key))


def _text(text: Content, scope: Scope, path: Path) -> Iterator[Problem]:
    if not text:
        return
    yield from _kind(text["option"], "text", scope, (*path, "option"))
    yield from _paint(text.get("color"), scope, (*path, "color"))
    yield from _effect(text.get("effect"), scope, (*path, "effect"))
    yield from _font(text.get("font", FONT), scope, (*path, "font"))
    keys = ("at", "size", "max_width", "rotate", "curve", "letter_mm", "width_mm", "path")
    for key in keys:
        yield from _numbers(text.get(key), scope, (*path, key))


def _artwork(artwork: Content, scope: Scope, path: Path) -> Iterator[Problem]:
    if not artwork:
        return
    yield from _kind(artwork["option"], "file", scope, (*path, "option"))
    yield from _paint(artwork.get("color"), scope, (*path, "color"))
    yield from _effect(artwork.get("effect"), scope, (*path, "effect"))
    for key in ("box", "rotate", "width_mm", "height_mm", "bleed_mm", "dpi", "inks"):
        yield from _numbers(artwork.get(key), scope, (*path, key))


def _measured(code: str, scope: Scope, path: Path) -> Iterator[Problem]:
    """A line on the picture stands for a number, or a choice of a size."""
    option = scope.options.get(code)
    if option is None or option["kind"] != "choice":
        yield from _kind(code, "number", scope, path)


def _kind(code: str, kind: str, scope: Scope, path: Path) -> Iterator[Problem]:
    known = [each for each, option in scope.options.items() if option["kind"] == kind]
    if code not in known:
        yield Problem(
            path,
            _(
                "There is no %(kind)s option called “%(code)s”.%(hint)s",
                kind=kind,
                code=code,
                hint=meant(code, known),
            ),
        )


def _effect(effect: Any, scope: Scope, path: Path) -> Iterator[Problem]:
    if not isinstance(effect, str) or effect in EFFECTS:
        return
    name = effect.strip("{}")
    codes = [choice["code"] for choice in scope.options.get(name, {}).get("choices", ())]
    if not set(codes) & set(EFFECTS):
        yield Problem(
            path,
            _(
                "“%(effect)s” gives none of: %(effects)s.",
                effect=effect,
                effects=", ".join(EFFECTS),
            ),
        )


def _font(font: str, scope: Scope, path: Path) -> Iterator[Problem]:
    option = scope.options.get(font)
    named = [choice["attributes"].get("font") for choice in option["choices"]] if option else [font]
    for stem in named:
        if stem is None:
            yield Problem(
                path, _("Every choice of “%(font)s” needs the attribute “font”.", font=font)
            )
        elif stem not in fonts():
            yield Problem(
                path,
                _(
                    "There is no font “%(stem)s”.%(hint)s",
                    stem=stem,
                    hint=meant(str(stem), fonts()),
                ),
            )


@cache
def fonts() -> tuple[str, ...]:
    """The stems of the fonts that the product comes with."""
    return tuple(sorted(path.stem for path in FilePath(settings.FONTS_DIR).glob("*.ttf")))
