"""Why a rule holds, in the customer's words."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from configurator.catalog.modeling import applies_name
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say

MOST_NAMES = 6


def rule_words(product: ReleasedProduct, name: str, locale: str) -> str:
    """The rule's message; without one, a sentence made of the names of its options."""
    rule = product.rules.get(name)
    if rule is not None:
        return say(rule.message, locale) or _match(product, rule.options, locale)
    for code, option in product.options.items():
        if name == applies_name(code) and option.when is not None:
            return _depends(product, code, option.when.references, locale)
    return ""


def _match(product: ReleasedProduct, codes: frozenset[str], locale: str) -> str:
    names = _names(product, codes, locale)
    with override(locale):
        return _("%(names)s have to go together.") % {"names": names} if names else ""


def _depends(product: ReleasedProduct, code: str, codes: frozenset[str], locale: str) -> str:
    parts = {
        "option": say(product.options[code].name, locale),
        "names": _names(product, codes, locale),
    }
    with override(locale):
        return _("%(option)s is there only with some choices of %(names)s.") % parts


def _names(product: ReleasedProduct, codes: frozenset[str], locale: str) -> str:
    """The options' names in the order of the catalog."""
    names = [say(option.name, locale) for code, option in product.options.items() if code in codes]
    more = " …" if len(names) > MOST_NAMES else ""
    return ", ".join(f"“{name}”" for name in names[:MOST_NAMES]) + more
