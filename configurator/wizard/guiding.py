"""Guided selling: from answers about needs to whole designs, each with what speaks for it.

The answers give points to values (`Wishes` of the engine); a proposal is the design with the most
points within budget and date, the best for less money, or the best of the soonest. All of it
follows from the answers, so an address with them is all that is needed to come back to it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from configurator.capacity.promises import Desk, desk
from configurator.catalog.configuration import Configuration
from configurator.catalog.infos import QuestionInfo, ReplyInfo, WantInfo
from configurator.catalog.released import ReleasedProduct
from configurator.engine import NONE, Choices, ModelError, Space, UnavailableError, Value
from configurator.engine.wishes import Met, Wishes
from configurator.wizard.answers import decided
from configurator.wizard.limits import Bounds, Limits
from configurator.wizard.timing import bounds_of, fastest, ready_day

GOOD_ENOUGH = 0.7
"""The share of what the best has above the cheapest that one for less money must keep."""
BEST, VALUE, SOON = "best", "value", "soon"
Answers = tuple[tuple[str, str], ...]
"""Question and answer, in the order of the guide."""


@dataclass(frozen=True)
class Reason:
    """Why a proposal is as it is: the answer, and the wants that it meets, or does not."""

    question: QuestionInfo
    answer: ReplyInfo
    met: tuple[WantInfo, ...]
    missed: tuple[WantInfo, ...]


@dataclass(frozen=True)
class Proposal:
    """A whole design. `kind` is best, value or soon; `total` is net, in minor units."""

    kind: str
    choices: Mapping[str, Value] = field(hash=False)
    total: int
    ready: date
    reasons: tuple[Reason, ...]


def given(product: ReleasedProduct, asked: Mapping[str, Iterable[str]]) -> Answers:
    """The answers that the product's guide knows; only the first where several are not taken."""
    found: list[tuple[str, str]] = []
    for question in product.guide:
        known = {answer.code for answer in question.answers}
        mine = [code for code in dict.fromkeys(asked.get(question.code, ())) if code in known]
        found += [(question.code, code) for code in mine[: None if question.several else 1]]
    return tuple(found)


def replies(product: ReleasedProduct, answers: Answers) -> Iterator[tuple[QuestionInfo, ReplyInfo]]:
    """The questions and the answers given, in the order of the guide."""
    for question in product.guide:
        for answer in question.answers:
            if (question.code, answer.code) in answers:
                yield question, answer


def points_of(product: ReleasedProduct, answers: Answers) -> dict[str, dict[Value, int]]:
    """What the answers give to each value, added up."""
    points: dict[str, dict[Value, int]] = {}
    for _question, answer in replies(product, answers):
        for want in answer.wants:
            mine = points.setdefault(want.option, {})
            for value in want.values:
                mine[value] = mine.get(value, 0) + want.points
    return points


def proposals(
    product: ReleasedProduct,
    answers: Answers,
    limits: Limits,
    *,
    keep: Choices | None = None,
    at: Desk | None = None,
) -> list[Proposal]:
    """Up to three different designs, the best first; none if nothing is within the limits.

    `keep` are choices that all of them have."""
    where = at or desk(product)
    kept = tuple(sorted((keep or {}).items()))
    now = Configuration(dict(kept))
    bounds = bounds_of(limits, now, where)
    found = [
        _proposal(product, answers, BEST, dict(whole), where)
        for whole in _best(product, answers, kept, bounds)
    ]
    if isinstance(product.space, Space) and found:
        quick = fastest(where, now, bounds[0])
        for whole in _best(product, answers, kept, quick)[:1]:
            soon = _proposal(product, answers, SOON, dict(whole), where)
            if soon.ready < min(each.ready for each in found):
                found.append(soon)
    return _named(found)


Items = tuple[tuple[str, Value], ...]


@lru_cache(maxsize=256)
def _best(
    product: ReleasedProduct, answers: Answers, kept: Items, bounds: Bounds
) -> tuple[Items, ...]:
    """The design with the most points; then, where that is much cheaper, one nearly as good."""
    space, (budget, deadline) = product.space, bounds
    points = points_of(product, answers)
    if not isinstance(space, Space):
        return _greedy(product, points, dict(kept), deadline)
    try:
        wishes = Wishes(space, points, dict(kept), budget=budget, deadline=deadline)
    except (ModelError, UnavailableError):
        return ()
    if not (front := wishes.front):
        return ()
    second = _for_less(front)
    taken = (front[0], *([second] if second else []))
    return tuple(tuple(wishes.design(met).items()) for met in taken)


def _for_less(front: tuple[Met, ...]) -> Met | None:
    best, least = front[0], front[-1]
    wanted = least.points + GOOD_ENOUGH * (best.points - least.points)
    enough = [met for met in front if met.points >= wanted]
    return enough[-1] if enough[-1] != best else None


def _greedy(
    product: ReleasedProduct,
    points: dict[str, dict[Value, int]],
    kept: Choices,
    deadline: int | None,
) -> tuple[Items, ...]:
    """Where designs are searched, not compared: the values with the most points, one by one."""
    wanted = sorted(
        ((worth, code, value) for code, mine in points.items() for value, worth in mine.items()),
        key=lambda item: -item[0],
    )
    chosen = dict(kept)
    for worth, code, value in wanted:
        if worth > 0 and code not in chosen and product.space.is_valid({**chosen, code: value}):
            chosen[code] = value
    answer = product.space.answer(chosen, deadline=deadline)
    whole = answer.completion or product.space.answer(kept, deadline=deadline).completion
    return (tuple(whole.items()),) if whole else ()


def _proposal(
    product: ReleasedProduct, answers: Answers, kind: str, whole: dict[str, Value], at: Desk
) -> Proposal:
    total = sum(product.space.term_amounts(whole, {}).values())
    reasons = [
        Reason(
            question,
            answer,
            tuple(want for want in answer.wants if _met(want, whole) and want.points > 0),
            tuple(want for want in answer.wants if want.must and not _met(want, whole)),
        )
        for question, answer in replies(product, answers)
    ]
    ready = ready_day(at, Configuration(whole))
    told = tuple(reason for reason in reasons if reason.met or reason.missed)
    return Proposal(kind, decided(product, whole), total, ready, told)


def _met(want: WantInfo, whole: Choices) -> bool:
    return whole.get(want.option, NONE) in want.values


def _named(found: list[Proposal]) -> list[Proposal]:
    """Each design once; the second of two is the one for less money."""
    named: list[Proposal] = []
    for place, proposal in enumerate(found):
        if any(other.choices == proposal.choices for other in named):
            continue
        kind = VALUE if place and proposal.kind == BEST else proposal.kind
        named.append(
            Proposal(kind, proposal.choices, proposal.total, proposal.ready, proposal.reasons)
        )
    return named
