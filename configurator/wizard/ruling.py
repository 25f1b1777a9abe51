"""Why a rule holds, in the customer's words."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from configurator.catalog.modeling import applies_name
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.sentences import joined, quoted, sentence
from configurator.catalog.texts import FALLBACK, say
from configurator.engine import NONE, Choices, EngineError, Value
from configurator.engine.cells import CellError, meant

MOST_NAMES = 6
MOST_VALUES = 8
ATTRIBUTE = re.compile(r"[A-Za-z_”\"]\.[A-Za-z_“\"]")
LONGEST = 240
"""A sentence with more characters helps nobody."""


def rule_words(product: ReleasedProduct, name: str, locale: str, chosen: Choices) -> str:
    """The rule's message; without one, itself read aloud, for a customer who has `chosen` this."""
    rule = product.rules.get(name)
    with override(locale):
        if rule is not None:
            return (
                say(rule.message, locale)
                or (_spoken(product, rule.text, locale) if rule.text else "")
                or _combinations(product, name, locale, chosen)
                or _("%(names)s have to go together.")
                % {"names": _names(product, rule.options, locale)}
            )
        for code, option in product.options.items():
            if name == applies_name(code) and option.when is not None:
                return _depends(product, code, locale)
    return ""


def _spoken(product: ReleasedProduct, text: str, locale: str) -> str:
    """The condition as a sentence; "" if it is too long to be read, or names attributes.

    Their names are codes, in English at best.
    """
    if not locale.startswith(FALLBACK) and ATTRIBUTE.search(text):
        return ""
    try:
        said = sentence(product, text, locale)
    except EngineError:
        return ""
    return said if len(said) <= LONGEST else ""


def _depends(product: ReleasedProduct, code: str, locale: str) -> str:
    option = product.options[code]
    name = quoted(say(option.name, locale))
    assert option.when is not None
    if said := _spoken(product, option.when.text, locale):
        return _("%(option)s is there only with: %(condition)s") % {
            "option": name,
            "condition": said,
        }
    names = _names(product, option.when.references, locale)
    parts = {"option": say(option.name, locale), "names": names}
    return _("%(option)s is there only with some choices of %(names)s.") % parts


def _combinations(product: ReleasedProduct, name: str, locale: str, chosen: Choices) -> str:
    """A table of combinations, as far as it concerns what is chosen.

    With all but one of its options chosen, what that one can be; "" if there is more to say.
    """
    rule = next(each for each in product.content["rules"] if each["code"] == name)
    table = rule["allow"] or rule["forbid"]
    fixed = [(i, code) for i, code in enumerate(table["options"]) if code in chosen]
    open_ones = [(i, code) for i, code in enumerate(table["options"]) if code not in chosen]
    if len(open_ones) != 1:
        return ""
    index, code = open_ones[0]
    rows = [
        row for row in table["rows"] if all(_means(product, c, row[i], chosen[c]) for i, c in fixed)
    ]
    values = _values(product, code, (row[index] for row in rows), bool(rule["allow"]))
    if not values or len(values) > MOST_VALUES:
        return ""
    labels = [product.label(code, value, locale) for value in values]
    told = [
        quoted(f"{say(product.options[c].name, locale)}: {product.label(c, chosen[c], locale)}")
        for _i, c in fixed
    ]
    return _("With %(choices)s there is “%(option)s” only as %(values)s.") % {
        "choices": joined(told, _("%(list)s and %(last)s")),
        "option": say(product.options[code].name, locale),
        "values": joined(labels, _("%(list)s or %(last)s")),
    }


def _values(
    product: ReleasedProduct, code: str, listed: Iterable[Any], allowed: bool
) -> list[Value]:
    """The values of the option that the rows leave, in the order of the catalog."""
    found = list(listed)
    variable = product.schema.variable(code)
    values = [value for value in variable.values if value != NONE] if variable else []
    return [
        value
        for value in values
        if any(_means(product, code, cell, value) for cell in found) is allowed
    ]


def _means(product: ReleasedProduct, code: str, cell: Any, value: Value) -> bool:
    """Whether a cell of a table is the value, or stands for it among others."""
    if _same(cell, value):
        return True
    variable = product.schema.variable(code)
    if variable is None or not isinstance(cell, str) or cell in variable.values:
        return False
    try:
        return any(_same(each, value) for each in meant(cell, variable))
    except CellError:
        return False


def _same(cell: Any, value: Value) -> bool:
    if isinstance(value, bool) or isinstance(cell, bool):
        return bool(cell) is bool(value)
    return str(cell) == str(value) or (
        not isinstance(cell, str) and not isinstance(value, str) and float(cell) == float(value)
    )


def _names(product: ReleasedProduct, codes: frozenset[str], locale: str) -> str:
    """The options' names in the order of the catalog."""
    names = [say(option.name, locale) for code, option in product.options.items() if code in codes]
    more = " …" if len(names) > MOST_NAMES else ""
    return ", ".join(quoted(name) for name in names[:MOST_NAMES]) + more
