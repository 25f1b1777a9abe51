"""A product's rows as a release would be, to be drawn before it is one."""

from __future__ import annotations

import uuid
from collections import OrderedDict
from dataclasses import dataclass, replace
from decimal import Decimal
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from configurator.catalog import showcases
from configurator.catalog.checks import problems
from configurator.catalog.children import TooLong, within
from configurator.catalog.configuration import Configuration, exact
from configurator.catalog.content import Content, options_of, sha_of
from configurator.catalog.drafts import read_content
from configurator.catalog.models import Product
from configurator.catalog.publishing import tell
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.spaces import CompileError, compile_content, present_limits
from configurator.catalog.wording import told as worded
from configurator.engine import NONE, Choices, EngineError, Value
from configurator.engine.words import Words as _
from configurator.wizard.preview.rendering import scene_of

if TYPE_CHECKING:
    from configurator.engine.backend import AnySpace

SECONDS = 5.0
"""So long a compilation may take while somebody waits for the page."""
TAKES_LONG = _(
    "The rules take longer than a moment to compile; the doctor does it in the background."
)
KEPT = 6
NOBODY = uuid.UUID(int=0)


@dataclass(frozen=True)
class Draft:
    """`product` can be drawn, if it is there. `space` is None where its rules can't be kept.

    `broken` are what is wrong with layers, by their codes; they are left out. `troubles` tell why
    rules are not kept, or why nothing can be drawn.
    """

    sha: str
    content: Content
    product: ReleasedProduct | None
    space: AnySpace | None
    broken: dict[str, str]
    troubles: tuple[str, ...] = ()


_kept: OrderedDict[str, Draft] = OrderedDict()
_lock = Lock()


def drafted(row: Product) -> Draft:
    """The product as it is now. Compiling it takes seconds after a change of its rules."""
    content = read_content(row)
    sha = sha_of(content)
    with _lock:
        if sha in _kept:
            _kept.move_to_end(sha)
            return _kept[sha]
    made = _read(content, sha)
    with _lock:
        _kept[sha] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def _read(content: Content, sha: str) -> Draft:
    found = problems(content)
    broken: dict[str, str] = {}
    others = []
    for problem in found:
        match problem.path:
            case ("picture", "layers", int(place), *_):
                code = str(content["picture"]["layers"][place].get("code"))
                broken.setdefault(code, problem.told)
            case _:
                others.append(problem)
    told = tuple(worded(tell(problem, content)) for problem in others[:5])
    drawn = content
    if broken:
        layers = [each for each in content["picture"]["layers"] if each.get("code") not in broken]
        drawn = {**content, "picture": {**content["picture"], "layers": layers}}
    space: AnySpace | None = None
    if not others:
        try:
            space = compiled(drawn)
        except CompileError as error:
            told = (worded(error.message),)
    product = _product(drawn, sha, space)
    return Draft(sha, content, product, space, broken, told)


def compiled(content: Content) -> AnySpace:
    """The space of a checked content; CompileError where there is none in time."""
    limits = replace(present_limits(), seconds=SECONDS, search_seconds=SECONDS)
    try:
        with within(SECONDS):
            return compile_content(content, limits)[1]
    except TooLong:
        raise CompileError("budget", TAKES_LONG) from None


def _product(content: Content, sha: str, space: AnySpace | None) -> ReleasedProduct | None:
    """The product, drawable even without a space; None where it can't be read."""
    try:
        product = ReleasedProduct.load(NOBODY, 0, f"draft {sha}", content, cast(Any, space))
        scene_of(product)
    except (EngineError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError):
        return None
    return product


def design(draft: Draft, picked: Choices) -> tuple[Configuration, bool]:
    """The complete design shown, with what is picked, and whether the rules allow it."""
    product = draft.product
    assert product is not None
    if draft.space is None:
        return _unruled(draft, picked), False
    base = _base(draft)
    try:
        whole = draft.space.complete(dict(picked), prefer=base.choices) if picked else base.choices
        return Configuration(dict(whole), base.texts), True
    except EngineError:
        return Configuration({**base.choices, **picked}, base.texts), False


def _base(draft: Draft) -> Configuration:
    assert draft.space is not None
    try:
        return showcases.completed(draft.content, draft.space)
    except (EngineError, LookupError, ValueError):
        return Configuration(dict(draft.space.answer({}).completion))


def _unruled(draft: Draft, picked: Choices) -> Configuration:
    """The first value of everything, whatever the rules say."""
    product = draft.product
    assert product is not None
    values: dict[str, Value] = {
        option["code"]: _first(option)
        for option in options_of(draft.content)
        if option["kind"] in ("choice", "toggle", "number")
    }
    values.update(picked)
    for code in list(values):
        try:
            applies = product.applies(code, values)
        except EngineError:
            applies = True
        if not applies:
            values[code] = NONE
    return Configuration(values)


def _first(option: Content) -> Value:
    if option["kind"] == "toggle":
        return False
    if option["kind"] == "number":
        return exact(Decimal(option["minimum"]))
    return str(option["choices"][0]["code"]) if option["choices"] else NONE
