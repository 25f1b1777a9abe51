"""The order of a routing: which operations come before which, whatever applies.

Without `after` an operation follows the one before it in the routing that applies; with it, those
that it names. One that does not apply is replaced by its own predecessors.
"""

from collections.abc import Collection, Sequence
from graphlib import TopologicalSorter

from configurator.catalog.content import Content


def predecessors(operations: Sequence[Content], applying: Collection[str]) -> dict[str, list[str]]:
    """For each operation that applies, the codes of those right before it that apply too.

    Those of an operation that does not apply take its place, unless they come before another
    predecessor anyway.
    """
    named = {
        operation["code"]: _nearest(operations[:place], applying)
        if operation.get("after") is None
        else list(operation["after"])
        for place, operation in enumerate(operations)
    }
    found: dict[str, list[str]] = {}
    sooner: dict[str, set[str]] = {}  # all that comes before
    for code in TopologicalSorter(named).static_order():
        found[code] = _replaced(named[code], applying, found, sooner)
        sooner[code] = set(found[code]).union(*(sooner[each] for each in found[code]))
    return {each["code"]: found[each["code"]] for each in operations if each["code"] in applying}


def _replaced(
    named: list[str],
    applying: Collection[str],
    found: dict[str, list[str]],
    sooner: dict[str, set[str]],
) -> list[str]:
    ways = ([each] if each in applying else found[each] for each in named)
    both = list(dict.fromkeys(each for way in ways for each in way))
    before_others = set[str]().union(*(sooner[each] for each in both))
    return [each for each in both if each in named or each not in before_others]


def _nearest(earlier: Sequence[Content], applying: Collection[str]) -> list[str]:
    for operation in reversed(earlier):
        if operation["code"] in applying:
            return [operation["code"]]
    return []


def circle(operations: Sequence[Content]) -> list[str]:
    """Operations that would wait for each other in some design, in their order; or [].

    Without `after` an operation may follow every earlier one, back to one that always applies.
    """
    needs = {
        operation["code"]: operation["after"]
        if operation.get("after") is not None
        else _possible(operations[:place])
        for place, operation in enumerate(operations)
    }
    done: set[str] = set()
    for code in needs:
        if way := _round(code, needs, done):
            return way
    return []


def _possible(earlier: Sequence[Content]) -> list[str]:
    codes = []
    for operation in reversed(earlier):
        codes.append(operation["code"])
        if not operation["when"]:
            break
    return codes


def _round(start: str, needs: dict[str, list[str]], done: set[str]) -> list[str]:
    """A way from `start` that comes back to itself. Not recursive: routings may be long."""
    way: list[str] = [start]
    open_needs = [iter(needs[start])]
    while way:
        for code in open_needs[-1]:
            if code in way:
                return [*way[way.index(code) :], code]
            if code in needs and code not in done:
                way.append(code)
                open_needs.append(iter(needs[code]))
                break
        else:
            done.add(way.pop())
            open_needs.pop()
    return []
