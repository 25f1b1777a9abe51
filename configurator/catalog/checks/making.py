"""Parts, operations and work centers: what they name exists, and their numbers are sensible."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from configurator.catalog.checks.pictures import image_problems
from configurator.catalog.content import Content, Path, statements_of
from configurator.catalog.hours import BadHours, read_hours
from configurator.catalog.problems import Problem, meant
from configurator.catalog.routing import circle
from configurator.engine.words import Words as _

MOST_SCRAP = Decimal(100)
OWN_KINDS = ("part", "operation")
NO_NUMBER = _("Stock is kept by part number; this part has none.")


def making_problems(content: Content) -> list[Problem]:
    """Everything that is wrong with how the product is made, besides its formulas."""
    return [
        *_part_problems(content),
        *_stock_problems(content),
        *_after_problems(content["operations"]),
        *_picture_problems(content),
        *_needs_problems(content),
        *coverage_problems(content),
    ]


def center_problems(centers: Iterable[Content]) -> Iterator[Problem]:
    """Work centers that are listed twice, and hours that cannot be read."""
    seen: dict[str, Path] = {}
    for index, center in enumerate(centers):
        path: Path = ("work_centers", index)
        if center["code"] in seen:
            message = _("The work center “%(code)s” is listed twice.", code=center["code"])
            yield Problem((*path, "code"), message, also=(seen[center["code"]],))
        seen.setdefault(center["code"], (*path, "code"))
        if center["hours"] is not None and (reason := bad_hours(center["hours"])):
            yield Problem((*path, "hours"), reason)


def bad_hours(text: str) -> str:
    """Why a text is no working hours, or ""."""
    try:
        read_hours(text)
    except BadHours as error:
        return str(error)
    return ""


def _part_problems(content: Content) -> Iterator[Problem]:
    known = [operation["code"] for operation in content["operations"]]
    for index, part in enumerate(content["parts"]):
        path: Path = ("parts", index)
        if part["operation"] and part["operation"] not in known:
            yield Problem((*path, "operation"), unknown_operation(part["operation"], known))
        if not 0 <= Decimal(part["scrap"]) <= MOST_SCRAP:
            message = _(
                "%(scrap)s %% of scrap cannot be; it is between 0 and %(most_scrap)s %%.",
                scrap=part["scrap"],
                most_scrap=MOST_SCRAP,
            )
            yield Problem((*path, "scrap"), message)


def unknown_operation(code: str, known: Iterable[str]) -> str:
    """That there is no such operation, and what may be meant."""
    return _("There is no operation “%(code)s”.%(hint)s", code=code, hint=meant(code, known))


def _stock_problems(content: Content) -> Iterator[Problem]:
    """Opening stock is kept by part number, in one unit."""
    said: dict[str, tuple[int, Content]] = {}
    for index, part in enumerate(content["parts"]):
        if part["stock"] is None:
            continue
        path: Path = ("parts", index, "stock")
        number = part["number"]
        if not number:
            yield Problem(path, NO_NUMBER)
        elif number in said:
            first, other = said[number]
            if (other["stock"], other["unit"]) != (part["stock"], part["unit"]):
                yield Problem(
                    path,
                    _(
                        "The stock of %(number)s is given twice: %(stock)s %(unit)s and %(other)s "
                        "%(other_unit)s.",
                        number=number,
                        stock=other["stock"],
                        unit=other["unit"],
                        other=part["stock"],
                        other_unit=part["unit"],
                    ),
                    also=(("parts", first, "stock"),),
                )
        said.setdefault(number, (index, part))


def _after_problems(operations: list[Content]) -> Iterator[Problem]:
    """Predecessors that do not exist, and operations that wait for each other."""
    strange = [p for index in range(len(operations)) for p in _unknown_after(operations, index)]
    yield from strange
    if not strange and (way := circle(operations)):
        index = next(i for i, each in enumerate(operations) if _closes(each, way))
        yield Problem(("operations", index, "after"), _told_circle(way))


def _unknown_after(operations: list[Content], index: int) -> Iterator[Problem]:
    known = [operation["code"] for operation in operations]
    own = operations[index]["code"]
    for place, code in enumerate(operations[index]["after"] or ()):
        path: Path = ("operations", index, "after", place)
        if code == own:
            yield Problem(path, _("“%(code)s” cannot come after itself.", code=code))
        elif code not in known:
            yield Problem(path, unknown_operation(code, known))


def _told_circle(way: list[str]) -> str:
    told = " → ".join(f"“{code}”" for code in way)
    return _(
        "These operations wait for each other: %(told)s (each comes after the next).", told=told
    )


def _closes(operation: Content, way: list[str]) -> bool:
    return operation["code"] in way and operation["after"] is not None


def _picture_problems(content: Content) -> Iterator[Problem]:
    for index, operation in enumerate(content["operations"]):
        for place, template in enumerate(operation["pictures"]):
            path: Path = ("operations", index, "pictures", place)
            yield from image_problems(template, content, path)


def problems_of_operation(content: Content, mine: Content) -> Iterator[tuple[str, Problem]]:
    """What is wrong with one operation of a content, and in which of its row's fields."""
    operations = content["operations"]
    index = next(index for index, each in enumerate(operations) if each is mine)
    strange = list(_unknown_after(operations, index))
    yield from (("predecessors", problem) for problem in strange)
    if not strange and mine["code"] in (way := circle(operations)):
        yield "predecessors", Problem(("operations", index, "after"), _told_circle(way))
    for problem in _picture_problems(content):
        if problem.path[1] == index:
            yield "pictures", problem


def coverage_problems(content: Content) -> list[Problem]:
    """What is wrong with the statements of the coverage, besides whether they hold."""
    return list(_statement_problems(content))


def _needs_problems(content: Content) -> Iterator[Problem]:
    for s, step in enumerate(content["steps"]):
        for o, option in enumerate(step["options"]):
            path: Path = ("steps", s, "options", o)
            marked = [c for c, choice in enumerate(option["choices"]) if choice["needs"]]
            if option["needs"] and option["choices"] and len(marked) == len(option["choices"]):
                message = _("Every choice of it needs nothing, so it needs nothing itself.")
                yield Problem((*path, "needs"), message)


def _statement_problems(content: Content) -> Iterator[Problem]:
    codes = {kind: [each["code"] for each in content[f"{kind}s"]] for kind in OWN_KINDS}
    seen: dict[str, Path] = {}
    for index, statement in enumerate(statements_of(content)):
        path: Path = ("coverage", index)
        if statement["code"] in seen:
            message = _("The coverage code “%(code)s” is used twice.", code=statement["code"])
            yield Problem((*path, "code"), message, also=(seen[statement["code"]],))
        seen.setdefault(statement["code"], (*path, "code"))
        yield from _count_problems(statement, path)
        for place, code in enumerate(statement["of"]):
            if reason := _not_one(code, codes):
                yield Problem((*path, "of", place), reason)


def _count_problems(statement: Content, path: Path) -> Iterator[Problem]:
    counts = [key for key in ("exactly", "at_least") if statement[key] is not None]
    if len(counts) != 1:
        yield Problem(path, _("A coverage has either “exactly” or “at_least”."))
        return
    many, listed = statement[counts[0]], len(statement["of"])
    if many > listed:
        yield Problem(
            (*path, counts[0]), _("%(many)s of %(listed)s cannot be.", many=many, listed=listed)
        )


def _not_one(code: str, codes: dict[str, list[str]]) -> str:
    """Why this names not exactly one part or operation, or ""."""
    kind, colon, name = code.partition(":")
    if colon:
        return (
            ""
            if name in codes[kind]
            else _(
                "There is no %(kind)s “%(name)s”.%(hint)s",
                kind=kind,
                name=name,
                hint=meant(name, codes[kind]),
            )
        )
    found = [each for each in OWN_KINDS if code in codes[each]]
    if len(found) == 2:
        return _(
            "A part and an operation are called “%(code)s”; write part:%(code)s or "
            "operation:%(code)s.",
            code=code,
        )
    known = [*codes["part"], *codes["operation"]]
    return (
        ""
        if found
        else _(
            "There is no part or operation “%(code)s”.%(hint)s", code=code, hint=meant(code, known)
        )
    )
