"""Codes and names: once each, and none that the rule language uses itself."""

from collections.abc import Iterable, Iterator

from configurator.catalog.checks.making import making_problems
from configurator.catalog.content import Content, Path
from configurator.catalog.modeling import SPACE_KINDS
from configurator.catalog.problems import Problem, meant
from configurator.catalog.texts import Text, say
from configurator.engine import NONE, ExpressionError, Schema, Variable, parse
from configurator.engine.words import Words as _

Named = tuple[Path, str]

RESERVED = frozenset(
    (
        *("iff", "requires", "implies", "excludes", "or", "and", "not", "in", "if", "then", "else"),
        *("of", "at", "exactly", "none", "yes", "no", "true", "false", "on", "off"),
    )
)
"""Words of the rule language, which cannot be an option's code."""


def name_problems(content: Content) -> list[Problem]:
    """Doubled codes and names, reserved words, unknown work centers."""
    return [
        *_doubled(_("code"), _codes(content, _("steps"))),
        *_doubled(_("option code"), list(_option_codes(content))),
        *_doubled(_("rule code"), _codes(content, "rules")),
        *_doubled(_("price code"), _codes(content, "prices")),
        *_doubled(_("part code"), _codes(content, "parts")),
        *_doubled(_("operation code"), _codes(content, "operations")),
        *_doubled(_("inspiration code"), _inspiration_codes(content)),
        *_doubled(_("layer code"), list(_layer_codes(content))),
        *_doubled_choices(content),
        *_doubled_names(content),
        *_reserved(content),
        *_unknown_centers(content),
        *making_problems(content),
    ]


def _codes(content: Content, section: str) -> list[Named]:
    return [((section, i, "code"), each["code"]) for i, each in enumerate(content[section])]


def _inspiration_codes(content: Content) -> list[Named]:
    return _codes(content, "inspirations") if "inspirations" in content else []


def _option_codes(content: Content) -> Iterator[Named]:
    for s, step in enumerate(content["steps"]):
        for o, option in enumerate(step["options"]):
            yield ("steps", s, "options", o, "code"), option["code"]


def _layer_codes(content: Content) -> Iterator[Named]:
    for index, layer in enumerate(content["picture"].get("layers", ())):
        yield ("picture", "layers", index, "code"), str(layer["code"])


def _doubled(what: str, named: Iterable[Named]) -> Iterator[Problem]:
    seen: dict[str, Path] = {}
    for path, code in named:
        if code in seen:
            yield Problem(
                path,
                _("The %(what)s “%(code)s” is used twice.", what=what, code=code),
                also=(seen[code],),
            )
        seen.setdefault(code, path)


def _doubled_choices(content: Content) -> Iterator[Problem]:
    for s, step in enumerate(content["steps"]):
        for o, option in enumerate(step["options"]):
            path: Path = ("steps", s, "options", o, "choices")
            named = [((*path, i, "code"), c["code"]) for i, c in enumerate(option["choices"])]
            yield from _doubled(_("choice code"), named)


def _doubled_names(content: Content) -> Iterator[Problem]:
    """Two things with one name beside each other: nobody could tell them apart."""
    for s, step in enumerate(content["steps"]):
        here: Path = ("steps", s, "options")
        named = [((*here, o, "name"), option["name"]) for o, option in enumerate(step["options"])]
        yield from _same_name(named, _("options of this step"))
        for o, option in enumerate(step["options"]):
            path = (*here, o, "choices")
            yield from _same_name(
                [
                    ((*path, c, "name"), choice["name"])
                    for c, choice in enumerate(option["choices"])
                ],
                _("choices of this option"),
            )
    steps = [(("steps", s, "name"), step["name"]) for s, step in enumerate(content["steps"])]
    yield from _same_name(steps, _("steps"))


def _same_name(named: Iterable[tuple[Path, Text]], what: str) -> Iterator[Problem]:
    seen: dict[str, Path] = {}
    for path, name in named:
        told = say(name, "en")
        if told.casefold() in seen:
            first = seen[told.casefold()]
            yield Problem(
                path,
                _("Two %(what)s have the name “%(name)s”.", what=what, name=name),
                also=(first,),
            )
        seen.setdefault(told.casefold(), path)


def _reserved(content: Content) -> Iterator[Problem]:
    """Options that formulas could not name."""
    for s, step in enumerate(content["steps"]):
        for o, option in enumerate(step["options"]):
            if option["kind"] in (*SPACE_KINDS, "text") and not _can_be_named(option):
                yield Problem(
                    ("steps", s, "options", o, "code"),
                    _(
                        "“%(code)s” is a word of the rule language; choose another code.",
                        code=option["code"],
                    ),
                )


def _can_be_named(option: Content) -> bool:
    code = option["code"]
    if code.lower() in RESERVED:
        return False
    schema = Schema([Variable(code, ("a", NONE))])
    try:
        return parse(f"{code} = a", schema).references == {code}
    except ExpressionError:
        return False


def _unknown_centers(content: Content) -> Iterator[Problem]:
    known = [o["work_center"] for o in content["operations"] if o["work_center_name"]]
    for index, operation in enumerate(content["operations"]):
        if not operation["work_center_name"]:
            center = operation["work_center"]
            hint = meant(center, dict.fromkeys(known))
            yield Problem(
                ("operations", index, "work_center"),
                _(
                    "There is no work center “%(center)s”; list it under work_centers.%(hint)s",
                    center=center,
                    hint=hint,
                ),
            )
