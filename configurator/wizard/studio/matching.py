"""Where uploaded picture files go, told by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from itertools import product
from math import prod
from pathlib import PurePosixPath
from typing import Any, Literal

from django.utils.translation import gettext as _

from configurator.catalog.braces import NAMED, filled, word
from configurator.catalog.content import Content, options_of
from configurator.catalog.texts import say
from configurator.engine import Value
from configurator.wizard.studio.contents import layers_of, picture_of
from configurator.wizard.studio.naming import (
    Words,
    called,
    canonical,
    humps,
    names_of,
    spellings,
    values_of,
    words,
)

MOST_PATHS = 5_000
MOST_GUESSED = 6_000
"""Where there are more names than that, what a file may have been meant for is not guessed."""
How = Literal["file", "choice", "card", "own", "skip"]


@dataclass(frozen=True)
class Target:
    """Where a file goes: `file` a path that layers name, `choice` and `card` a value (in `option`
    and `value`), `own` a layer of its own, `skip` nowhere."""

    how: How
    path: str = ""
    option: str = ""
    value: str = ""

    def written(self) -> str:
        """As a form posts it."""
        if self.how == "file":
            return f"file:{self.path}"
        return f"{self.how}:{self.option}:{self.value}" if self.option else self.how


def read_target(text: str) -> Target | None:
    """What `written` wrote; None for anything else."""
    how, _sep, rest = text.partition(":")
    if how == "file" and rest:
        return Target("file", path=rest)
    if how in ("choice", "card"):
        option, _sep, value = rest.partition(":")
        return Target(how, option=option, value=value) if option and value else None  # type: ignore[arg-type]
    return Target(how) if how in ("own", "skip") and not rest else None  # type: ignore[arg-type]


@dataclass(frozen=True)
class Match:
    """The target found; `others` are those that fit as well: then a person has to decide.

    `unknown` where nothing is called so; `guess` is then what is called most like it.
    """

    target: Target
    others: tuple[Target, ...] = ()
    unknown: bool = False
    guess: Target | None = None


class Matcher:
    """Knows the files that a product's layers name, and the names of its values."""

    def __init__(self, content: Content, *, cards: bool = False) -> None:
        self.content = content
        self.cards = cards  # whether pictures of values are for their cards, not for layers

    @cached_property
    def paths(self) -> dict[str, str]:
        """The paths that layers can mean, each with the template that does first."""
        found: dict[str, str] = {}
        options = {option["code"]: option for option in options_of(self.content)}
        picture = picture_of(self.content)
        for _layer, template in templates(picture.get("layers", ())):
            names = sorted(set(NAMED.findall(template)))
            if any(name not in options for name in names):
                continue
            domains = [values_of(options[name]) for name in names]
            if prod(len(domain) for domain in domains) + len(found) > MOST_PATHS:
                continue
            for row in product(*domains):
                path = filled(template, dict(zip(names, row, strict=True)))
                found.setdefault(path, template)
        return found

    @cached_property
    def _by_words(self) -> dict[frozenset[str], list[str]]:
        found: dict[frozenset[str], list[str]] = {}
        for path in self.paths:
            key = frozenset(words(PurePosixPath(path).stem))
            found.setdefault(key, []).append(path)
        return found

    @cached_property
    def _loose(self) -> list[tuple[frozenset[str], frozenset[str], str]]:
        """The words of each path, those that may stand beside them (what its options are called),
        and the path."""
        options = {option["code"]: option for option in options_of(self.content)}
        found = []
        for path, template in self.paths.items():
            named = [options[code] for code in NAMED.findall(template)]
            beside = {each for option in named for name in names_of(option) for each in name}
            beside |= {each for option in named for each in words(option["unit"])}
            said = canonical(words(PurePosixPath(path).stem))
            found.append((frozenset(said), frozenset(beside), path))
        return found

    @cached_property
    def _values(self) -> list[tuple[Words, Words, Target, bool]]:
        """The words of the option and of the value, where its picture would go, and whether the
        value's words mean it without the option's."""
        found = []
        how: How = "card" if self.cards else "choice"
        for option in options_of(self.content):
            if self.cards and option["kind"] != "choice":
                continue
            for value, names, alone in called(option):
                target = Target(how, option=option["code"], value=value)
                for name in names_of(option):
                    found += [(name, each, target, alone) for each in names if each]
        return found

    def match(self, name: str) -> Match:
        """Where a file of this name goes."""
        stem = PurePosixPath(name.replace("\\", "/")).stem
        if not self.cards and (path := self._path(name, stem)):
            return Match(Target("file", path=path))
        best = next(filter(None, map(self._best, _said(stem))), [])
        if not best:
            target = Target("skip" if self.cards else "own")
            return Match(target, unknown=True, guess=self._guess(words(stem)))
        if len(best) > 1:
            return Match(Target("skip"), tuple(best))
        return Match(self._layered(best[0]))

    def _path(self, name: str, stem: str) -> str:
        """A path that a layer names, by the whole name or by its words in any order."""
        lowered = PurePosixPath(name).name.casefold()
        exact = [path for path in self.paths if PurePosixPath(path).name.casefold() == lowered]
        found = exact or self._by_words.get(frozenset(words(stem)), []) or self._freely(stem)
        return found[0] if len(found) == 1 else ""

    def _freely(self, stem: str) -> list[str]:
        """The paths of which all words are there, beside none but the names of their options; those
        with the fewest such."""
        for said in map(frozenset, map(canonical, _said(stem))):
            found = [
                (len(said - own), path)
                for own, beside, path in self._loose
                if own <= said and said - own <= beside
            ]
            if found:
                least = min(found)[0]
                return [path for more, path in found if more == least]
        return []

    def _guess(self, said: Words) -> Target | None:
        """What is called most like the words of a file."""
        near = get_close_matches(" ".join(said), self._named, n=1, cutoff=0.75)
        return self._layered(self._named[near[0]]) if near else None

    @cached_property
    def _named(self) -> dict[str, Target]:
        """Everything by what it is called; nothing where that is too much to compare with."""
        named: dict[str, Target] = {}
        if len(self._values) + len(self.paths) > MOST_GUESSED:
            return named
        for option, value, target, alone in self._values:
            named.setdefault(" ".join((*option, *value)), target)
            if alone:
                named.setdefault(" ".join(value), target)
            elif target.value == "yes":
                named.setdefault(" ".join(option), target)
        if not self.cards:
            for path in self.paths:
                named.setdefault(" ".join(words(PurePosixPath(path).stem)), Target("file", path))
        return named

    def _best(self, said: Words) -> list[Target]:
        """The values that are named best: with their option, and by the most words."""
        scores: dict[Target, tuple[int, int]] = {}
        for option, value, target, alone in self._values:
            if not _within(value, said):
                continue
            rest = _without(value, said)
            with_option = len(option) if option and _within(option, rest) else 0
            if not alone and not with_option:
                continue
            score = (len(value) + with_option, with_option)
            scores[target] = max(scores.get(target, (0, 0)), score)
        most = max(scores.values(), default=(0, 0))
        return [target for target, score in scores.items() if score == most]

    def _layered(self, target: Target) -> Target:
        """The path of the layer that shows this option alone, if there is one."""
        if target.how != "choice":
            return target
        picture = picture_of(self.content)
        for _layer, template in templates(picture.get("layers", ()), masks=False):
            if NAMED.findall(template) == [target.option]:
                return Target("file", path=filled(template, {target.option: target.value}))
        return target

    def labels(self, locale: str) -> dict[str, str]:
        """Every target in words, by what a form posts."""
        found: dict[str, str] = {}
        if not self.cards:
            found |= {f"file:{path}": path for path in self.paths}
        for option in options_of(self.content):
            how: How = "card" if self.cards else "choice"
            name = say(option["name"], locale)
            for choice in option["choices"]:
                target = Target(how, option=option["code"], value=choice["code"])
                found[target.written()] = f"{name}: {say(choice['name'], locale)}"
            if option["kind"] in ("toggle", "number") and not self.cards:
                for value in values_of(option):
                    target = Target(how, option=option["code"], value=word(value))
                    found[target.written()] = f"{name}: {_shown(value, option['unit'])}"
        return found


def _shown(value: Value, unit: str) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{word(value)} {unit}".strip()


def _said(stem: str) -> Iterator[Words]:
    """The words of a file's name, as it may have been meant."""
    yield from sorted({words(stem), *spellings(stem), words(humps(stem))} - {()}, key=len)


def _within(part: Words, whole: Words) -> bool:
    return any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))


def _without(part: Words, whole: Words) -> Words:
    """The words that are left; what was around stays apart."""
    for i in range(len(whole) - len(part) + 1):
        if whole[i : i + len(part)] == part:
            return (*whole[:i], "", *whole[i + len(part) :])
    return whole


def templates(layers: Any, masks: bool = True, code: str = "") -> Iterator[tuple[str, str]]:
    """The paths that layers name, options in braces, with the code of the layer on top."""
    for layer in layers:
        here = code or str(layer.get("code", ""))
        panel = layer.get("panel")
        texture = panel.get("texture") if isinstance(panel, Mapping) else None
        for template in (layer.get("image"), layer.get("mask") if masks else None, texture):
            if isinstance(template, str) and template:
                yield here, template
        yield from templates(layer.get("layers", ()), masks, here)


def whole_scene(content: Content) -> set[str]:
    """The templates of files that must have the scene's size: of images and masks without box."""
    found = set()
    stack = list(layers_of(content))
    while stack:
        layer = stack.pop()
        if not layer.get("box"):
            found |= {layer[key] for key in ("image", "mask") if layer.get(key)}
        stack += layer.get("layers", ())
    return found


def means(template: str, path: str) -> bool:
    """Whether a template can mean this path."""
    pieces = NAMED.split(template)[::2]
    return bool(re.fullmatch(".+".join(map(re.escape, pieces)), path))
