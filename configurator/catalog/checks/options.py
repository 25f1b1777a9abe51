"""Options: each has what its kind needs, and nothing of another kind."""

import re
import warnings
from collections.abc import Callable, Iterator
from decimal import Decimal

from configurator.catalog.content import CONTROLS, Content, Path
from configurator.catalog.modeling import MAX_NUMBER_VALUES
from configurator.catalog.problems import Problem
from configurator.engine import NONE
from configurator.engine.words import Words as _

KIND_OF_FIELD = {
    "choices": "choice",
    "minimum": "number",
    "maximum": "number",
    "unit": "number",
    "max_length": "text",
    "characters": "text",
    "placeholder": "text",
    "accept": "file",
    "max_megabytes": "file",
    "minimum_pixels": "file",
    "lead_days": "toggle",
}


def option_problems(content: Content) -> list[Problem]:
    """Everything that is wrong with single options."""
    problems = [
        problem
        for s, step in enumerate(content["steps"])
        for o, option in enumerate(step["options"])
        for problem in problems_of_option(option, ("steps", s, "options", o))
    ]
    for s, step in enumerate(content["steps"]):
        if not step["options"]:
            problems.append(Problem(("steps", s), _("This step has no options.")))
    if not content["steps"]:
        problems.append(Problem(("steps",), _("A product needs at least one step with an option.")))
    return problems


def problems_of_option(option: Content, path: Path) -> Iterator[Problem]:
    """What is wrong with one option; `choices` may be None where they are not known."""
    kind = option["kind"]
    for field, owner in KIND_OF_FIELD.items():
        if option[field] and owner != kind:
            yield Problem(
                (*path, field),
                _(
                    "“%(field)s” is for options of the kind %(owner)s, not %(kind)s.",
                    field=field,
                    owner=owner,
                    kind=kind,
                ),
            )
    if option["required"] and kind not in ("text", "file"):
        yield Problem(
            (*path, "required"),
            _("“required” is for texts and files; a %(kind)s is always decided.", kind=kind),
        )
    if option["control"] not in CONTROLS[kind]:
        allowed = ", ".join(CONTROLS[kind])
        yield Problem(
            (*path, "control"),
            _("The control of a %(kind)s is one of: %(allowed)s.", kind=kind, allowed=allowed),
        )
    if option["price"] and kind == "choice":
        yield Problem((*path, "price"), _("Write the price at each choice, or under prices."))
    if option["price"] and kind == "file":
        yield Problem((*path, "price"), _("A file has no price; put it on a toggle or choice."))
    checks: dict[str, Callable[[Content, Path], Iterator[Problem]]] = {
        "choice": _choice_problems,
        "number": _number_problems,
        "text": _text_problems,
    }
    if kind in checks:
        yield from checks[kind](option, path)


def _choice_problems(option: Content, path: Path) -> Iterator[Problem]:
    if option["choices"] == []:
        yield Problem(path, _("A choice needs “choices”: the values to choose from."))
    for index, choice in enumerate(option["choices"] or ()):
        if choice["code"] == NONE and option["when"]:
            yield Problem(
                (*path, "choices", index, "code"),
                _(
                    "“none” already means that the option does not apply (it has a “when”); choose "
                    "another code."
                ),
            )


def _number_problems(option: Content, path: Path) -> Iterator[Problem]:
    missing = [field for field in ("minimum", "maximum", "step") if option[field] is None]
    for field in missing:
        yield Problem(path, _("A number needs “%(field)s”.", field=field))
    if missing:
        return
    low, high, step = (Decimal(option[field]) for field in ("minimum", "maximum", "step"))
    if low > high:
        yield Problem(
            (*path, "minimum"),
            _("The minimum %(low)s is above the maximum %(high)s.", low=low, high=high),
        )
    elif step <= 0:
        yield Problem((*path, "step"), _("The step must be more than 0."))
    elif (high - low) % step:
        last = low + (high - low) // step * step
        yield Problem(
            (*path, "step"),
            _(
                "Steps of %(step)s from %(low)s do not end at %(high)s; the last one is "
                "%(last)s. Change the maximum or the step.",
                step=step,
                low=low,
                high=high,
                last=last,
            ),
        )
    elif (count := (high - low) / step + 1) > MAX_NUMBER_VALUES:
        yield Problem(
            (*path, "step"),
            _(
                "These are %(count)s values; %(max_number_values)s at most. Take a larger step.",
                count=f"{count:,.0f}",
                max_number_values=f"{MAX_NUMBER_VALUES:,}",
            ),
        )


def _text_problems(option: Content, path: Path) -> Iterator[Problem]:
    if reason := bad_characters(option["characters"]):
        yield Problem((*path, "characters"), reason)


def bad_characters(characters: str) -> str:
    """Why this cannot be the inside of a regular expression's brackets, or ""."""
    if not characters:
        return ""  # all are allowed
    if characters.startswith("^"):
        return _("List the characters that are allowed; “^” (all but these) cannot stand first.")
    if re.search(r"\\(?![\\\]\[^-])", characters):
        return _("A backslash may only stand before \\ ] [ ^ or -.")
    if re.search(r"(?<!\\)(?:\\\\)*[\[\]]", characters):
        return _("Write \\[ and \\] for square brackets.")
    if re.search(r"[\x00-\x1f\x7f]", characters):
        return _("Line breaks and control characters cannot be allowed.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(f"[{characters}]")
    except (re.error, FutureWarning) as error:
        return _(
            "These are not characters as inside [ ] of a regular expression: %(error)s.",
            error=error,
        )
    return ""
