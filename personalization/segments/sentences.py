"""A rule about people read aloud, in the active language."""

from collections.abc import Sequence

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from configurator.catalog.sentences import joined, quoted
from personalization.people.models import Event
from personalization.people.naming import name_of
from personalization.segments import language as s


def sentence(node: s.Node) -> str:
    """The condition as one sentence."""
    said = _condition(node)
    return f"{said[:1].upper()}{said[1:]}."


def _condition(node: s.Node) -> str:
    match node:
        case s.Both(parts):
            return joined([_inner(part) for part in parts], _("%(list)s and %(last)s"))
        case s.Either(parts):
            return joined([_inner(part) for part in parts], _("%(list)s or %(last)s"))
        case s.No(s.OneOf(name, values)):
            told = {"one": name_of(name), "other": _or(sorted(values))}
            return _("%(one)s other than %(other)s") % told
        case s.No(s.Compare(s.Events() as events, ">", s.Number(0.0))):
            return _("never: %(event)s") % {"event": _event(events)}
        case s.No(part):
            return _("not (%(condition)s)") % {"condition": _condition(part)}
        case s.OneOf(name, values):
            return f"{name_of(name)}: {_or(sorted(values))}"
        case s.Has():
            return _("has an account")
        case s.Compare():
            return _compare(node)
    return _number(node)


def _inner(node: s.Node) -> str:
    said = _condition(node)
    return f"({said})" if isinstance(node, s.Both | s.Either) else said


def _or(items: Sequence[str]) -> str:
    return joined(items, _("%(list)s or %(last)s"))


def _compare(node: s.Compare) -> str:
    left, sign, right = node.left, node.sign, node.right
    if isinstance(left, s.Events) and left.what == "did" and sign == ">":
        return _event(left)
    if isinstance(left, s.Age) and isinstance(right, s.Number):
        return _age(left.name, sign, right.value)
    parts = {"one": _number(left), "other": _number(right)}
    if isinstance(left, s.Events) and left.what == "count":
        return _times(sign) % {"event": _event(left), "other": parts["other"]}
    return _sign(sign) % parts


def _sign(sign: str) -> str:
    return {
        "=": pgettext("comparison", "%(one)s: %(other)s"),
        "!=": _("%(one)s other than %(other)s"),
        "<": _("%(one)s less than %(other)s"),
        "<=": _("%(one)s at most %(other)s"),
        ">": _("%(one)s more than %(other)s"),
        ">=": _("%(one)s at least %(other)s"),
    }[sign]


def _times(sign: str) -> str:
    return {
        "=": _("%(event)s exactly %(other)s times"),
        "!=": _("%(event)s not %(other)s times"),
        "<": _("%(event)s less than %(other)s times"),
        "<=": _("%(event)s at most %(other)s times"),
        ">": _("%(event)s more than %(other)s times"),
        ">=": _("%(event)s at least %(other)s times"),
    }[sign]


def _age(name: str, sign: str, days: float) -> str:
    within = sign in ("<", "<=", "=")
    pattern = (
        _("%(name)s within %(days)s days") if within else _("%(name)s not within %(days)s days")
    )
    return pattern % {"name": name_of(name), "days": _plain(days)}


def _event(node: s.Events) -> str:
    """“looked at a product (touring-bicycle) in the last 30 days”."""
    said = str(Event.Kind(node.kind).label)
    about = [node.product, f"{node.option}: {node.value}" if node.option else ""]
    if told := ", ".join(each for each in about if each):
        said = f"{said} ({told})"
    if node.days:
        days = round(node.days)
        said += " " + ngettext("in the last %(days)s day", "in the last %(days)s days", days) % {
            "days": _plain(node.days)
        }
    return said


def _number(node: s.Node) -> str:
    match node:
        case s.Number(value):
            return _plain(value)
        case s.Fact(name):
            return name_of(name)
        case s.Age(name):
            return _("days since %(name)s") % {"name": quoted(name_of(name))}
        case s.Events("ordered", "sum"):
            return _("money of: %(event)s") % {"event": _event(node)}
        case s.Events():
            pattern = _("money of: %(event)s") if node.what == "sum" else _("times: %(event)s")
            return pattern % {"event": _event(node)}
        case s.Sum(parts, signs):
            first, *more = parts
            told = {"+": "+", "-": "−", "*": "×", "/": "÷"}
            rest = [f"{told[sign]} {_number(p)}" for p, sign in zip(more, signs[1:], strict=True)]
            return f"({' '.join([_number(first), *rest])})"
    return _condition(node)


def _plain(value: float) -> str:
    places = 0 if value == int(value) else 2
    return formats.number_format(value, places)
