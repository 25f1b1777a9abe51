"""A rule read aloud: its tree as written, said with the labels of the catalog.

“Body wood: Walnut” requires “Finish: Oil or Wax”.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from configurator.catalog.configuration import exact
from configurator.catalog.texts import say
from configurator.engine import NONE
from configurator.engine.language.grammar import Raw, read
from configurator.engine.language.resolve import NEGATIONS
from configurator.engine.language.values import FALSE, TRUE

if TYPE_CHECKING:
    from configurator.catalog.infos import OptionInfo
    from configurator.catalog.released import ReleasedProduct

LOOSE = ("iff", "requires", "conditional", "excludes", "or_", "and_", "choice")
"""What is set in brackets inside of something else."""
MEASURED = re.compile(r"(.+)_(mm2|mm|cm|m2|m|kg|g)\Z")


def sentence(product: ReleasedProduct, text: str, locale: str) -> str:
    """A condition in words, in a language."""
    with override(locale):
        said = _Speaker(product, locale).condition(read(text))
    return f"{said[:1].upper()}{said[1:]}."


def joined(items: Sequence[str], last: str) -> str:
    """ "A, B and C": `last` holds %(list)s and %(last)s."""
    if len(items) < 2:
        return "".join(items)
    return last % {"list": ", ".join(items[:-1]), "last": items[-1]}


def quoted(words: str) -> str:
    return _("“%(words)s”") % {"words": words}


class _Speaker:
    """Says the nodes of a tree; the language is the active one."""

    def __init__(self, product: ReleasedProduct, locale: str) -> None:
        self.product = product
        self.locale = locale

    # conditions

    def condition(self, raw: Raw) -> str:
        say_it: dict[str, Callable[[Raw], str]] = {
            "iff": lambda r: self._two(r, _("%(one)s exactly where %(other)s")),
            "requires": self._requires,
            "conditional": self._requires,
            "excludes": lambda r: self._two(r, _("%(one)s and %(other)s do not go together")),
            "or_": lambda r: joined(self._all(r), _("%(list)s or %(last)s")),
            "and_": lambda r: joined(self._all(r), _("%(list)s and %(last)s")),
            "not_": self._not,
            "group": lambda r: self.condition(r.parts[0]),
            "choice": self._choice,
            "quantified": self._quantified,
            "compare": self._compare,
            "member": self._member,
            "range_": self._range,
            "delivery": _delivery,
        }
        return say_it[raw.kind](raw) if raw.kind in say_it else quoted(self._fact(raw))

    def _requires(self, raw: Raw) -> str:
        several = _ungrouped(next(p for p in raw.parts if isinstance(p, Raw))).kind in LOOSE
        only = _("%(one)s only with %(other)s")
        return self._two(raw, only if several else _("%(one)s requires %(other)s"))

    def _two(self, raw: Raw, pattern: str) -> str:
        one, other = self._all(raw)
        return pattern % {"one": one, "other": other}

    def _all(self, raw: Raw) -> list[str]:
        return [self._inner(part, raw.kind) for part in raw.parts if isinstance(part, Raw)]

    def _inner(self, raw: Raw, within: str) -> str:
        """A part; in brackets where it could be misread."""
        bare = _ungrouped(raw)
        said = self.condition(bare)
        plain = within in LOOSE[:4] and bare.kind in ("or_", "and_")
        return f"({said})" if bare.kind in LOOSE and not plain else said

    def _not(self, raw: Raw) -> str:
        item = _ungrouped(raw.parts[1])
        option = self._option(item)
        if option is not None and option.kind == "toggle":
            return quoted(f"{self._name(option)}: {_('No')}")
        if item.kind == "and_":
            together = joined(self._all(item), _("%(list)s and %(last)s"))
            return _("%(list)s do not go together") % {"list": together}
        return _("not (%(condition)s)") % {"condition": self.condition(item)}

    def _choice(self, raw: Raw) -> str:
        condition, then, otherwise = (part for part in raw.parts if isinstance(part, Raw))
        parts = {
            "condition": self._inner(condition, raw.kind),
            "then": self._inner(then, raw.kind),
            "otherwise": self._inner(otherwise, raw.kind),
        }
        return _("%(condition)s requires %(then)s, anything else %(otherwise)s") % parts

    def _quantified(self, raw: Raw) -> str:
        bound, *items = (part for part in raw.parts if isinstance(part, Raw))
        pattern = {
            "AT_MOST": _("at most %(number)s of %(list)s"),
            "AT_LEAST": _("at least %(number)s of %(list)s"),
            "EXACTLY": _("exactly %(number)s of %(list)s"),
        }[raw.parts[0].type]
        listed = ", ".join(self._inner(item, raw.kind) for item in items)
        return pattern % {"number": self.number(bound), "list": listed}

    def _compare(self, raw: Raw) -> str:
        left, operator, right = raw.parts
        if operator.type in ("EQ", "NE") and (said := self._equal(left, operator.type, right)):
            return said
        if self._option(left) is None and self._option(right) is not None:
            swap = {"LT": "GT", "GT": "LT", "LE": "GE", "GE": "LE"}
            left, right = right, left
            kind = swap.get(operator.type, operator.type)
        else:
            kind = operator.type
        parts = {"one": self.number(left), "other": self._beside(right, left)}
        return quoted(_comparison(kind) % parts)

    def _equal(self, left: Raw, kind: str, right: Raw) -> str:
        """Equality with a choice, a toggle, a text or an attribute; "" for that of numbers."""
        if self._option(left) is None and self._option(right) is not None:
            left, right = right, left
        option, other, word = self._option(left), self._option(right), _word(right)
        if option is not None and word is not None and option.choice(word):
            other = None  # the code of a choice that is also that of an option
        no = kind == "NE"
        if option is None:
            return self._attribute_is(left, right, no) if left.kind == "attribute" else ""
        if option.kind == "choice" and other is not None and other.kind == "choice":
            same = _("%(one)s is not as %(other)s") if no else _("%(one)s is as %(other)s")
            return quoted(same % {"one": self._name(option), "other": self._name(other)})
        if option.kind == "text":
            return quoted(f"{self._name(option)}: {_('something') if no else _('empty')}")
        if option.kind == "toggle" and str(word).lower() not in TRUE + FALSE:
            same = _("either %(one)s or %(other)s") if no else _("%(one)s exactly where %(other)s")
            parts = {"one": quoted(self._name(option)), "other": self._inner(right, "compare")}
            return same % parts
        if option.kind == "number" and word != NONE:
            return ""
        if option.kind == "toggle":
            no ^= str(word).lower() in FALSE
            return quoted(f"{self._name(option)}: {_('No') if no else _('Yes')}")
        return quoted(self._values(option, [str(word)], no))

    def _attribute_is(self, left: Raw, right: Raw, no: bool) -> str:
        word = _word(right)
        if word is None or right.kind == "number":
            return ""
        return quoted(f"{self._fact(left)}: {_another(word) if no else word}")

    def _member(self, raw: Raw) -> str:
        subject, *rest = raw.parts
        listed = [part for part in rest if isinstance(part, Raw)]
        no = any(not isinstance(part, Raw) and part.type in NEGATIONS for part in rest)
        option = self._option(subject)
        if option is not None and option.kind != "number":
            return quoted(self._values(option, [str(_word(item)) for item in listed], no))
        said = joined([self._beside(item, subject) for item in listed], _("%(list)s or %(last)s"))
        return quoted(f"{self.number(subject)}: {_another(said) if no else said}")

    def _values(self, option: OptionInfo, words: list[str], no: bool) -> str:
        if words == [NONE]:
            name = self._name(option)
            return (_("%(option)s, whichever") if no else _("no %(option)s")) % {"option": name}
        labels = [self._label(option, word) for word in words]
        said = joined(labels, _("%(list)s or %(last)s"))
        return f"{self._name(option)}: {_another(said) if no else said}"

    def _label(self, option: OptionInfo, word: str) -> str:
        if option.kind == "toggle":
            return _("Yes") if word.lower() in TRUE else _("No")
        return self.product.label(option.code, word, self.locale)

    def _range(self, raw: Raw) -> str:
        subject, *rest = raw.parts
        low, high = (part for part in rest if isinstance(part, Raw))
        no = any(not isinstance(part, Raw) and part.type in NEGATIONS for part in rest)
        parts = {
            "one": self.number(subject),
            "low": self.number(low),
            "high": self._beside(high, subject),
        }
        within = _("%(one)s from %(low)s to %(high)s")
        return quoted((_("%(one)s not from %(low)s to %(high)s") if no else within) % parts)

    # numbers

    def number(self, raw: Raw) -> str:
        """A formula, as short as it can be said."""
        if raw.kind == "number":
            number = exact(Decimal(str(raw.parts[0])))
            said = formats.number_format(number, use_l10n=True, force_grouping=False)
            return " ".join([said, *(str(unit) for unit in raw.parts[1:])])
        if raw.kind in ("sum_", "product"):
            return self._arithmetic(raw)
        if raw.kind == "negative":
            return f"−{self._factor(raw.parts[1])}"
        if raw.kind == "group":
            return self.number(raw.parts[0])
        if raw.kind == "call":
            return self._call(raw)
        if raw.kind == "choice":
            condition, then, otherwise = (part for part in raw.parts if isinstance(part, Raw))
            parts = {
                "condition": self._inner(condition, raw.kind),
                "then": self.number(then),
                "otherwise": self.number(otherwise),
            }
            return _("%(then)s with %(condition)s, else %(otherwise)s") % parts
        return self._fact(raw)

    def _arithmetic(self, raw: Raw) -> str:
        signs = {"PLUS": "+", "MINUS": "−", "TIMES": "×", "DIVIDE": "÷"}
        told = self._factor if raw.kind == "product" else self._term
        return " ".join(
            told(part) if isinstance(part, Raw) else signs[part.type] for part in raw.parts
        )

    def _term(self, raw: Raw) -> str:
        bare = _ungrouped(raw)
        return f"({self.number(bare)})" if bare.kind == "choice" else self.number(raw)

    def _factor(self, raw: Raw) -> str:
        bare = _ungrouped(raw)
        counted = bare.kind == "call" and str(bare.parts[0]).lower() == "count"
        loose = counted or bare is not raw or bare.kind in ("sum_", "choice", "negative")
        return f"({self.number(bare)})" if loose else self.number(bare)

    def _call(self, raw: Raw) -> str:
        name = str(raw.parts[0]).lower()
        parts = [part for part in raw.parts[1:] if isinstance(part, Raw)]
        if name == "len":
            return _("length of %(option)s") % {"option": self._fact(parts[0])}
        if name == "count":
            listed = ", ".join(self._inner(part, raw.kind) for part in parts)
            return _("how many of %(list)s") % {"list": listed}
        listed = ", ".join(self.number(part) for part in parts)
        pattern = {
            "min": _("the least of (%(list)s)"),
            "max": _("the most of (%(list)s)"),
            "floor": _("%(list)s rounded down"),
            "ceil": _("%(list)s rounded up"),
        }.get(name)
        return pattern % {"list": listed} if pattern else f"{name}({listed})"

    def _beside(self, raw: Raw, subject: Raw) -> str:
        """A number in the unit of the option that it stands beside, where it has none itself."""
        option = self._option(subject)
        bare = raw.kind == "number" and len(raw.parts) == 1
        unit = option.unit if option is not None and bare else ""
        return f"{self.number(raw)} {unit}".rstrip()

    # names

    def _option(self, raw: Raw) -> OptionInfo | None:
        if raw.kind not in ("name", "code"):
            return None
        return self.product.options.get(str(raw.parts[0]).strip('"“”'))

    def _name(self, option: OptionInfo) -> str:
        return say(option.name, self.locale) or option.code

    def _fact(self, raw: Raw) -> str:
        """An option, or an attribute of one or of all."""
        if raw.kind == "total":
            what = str(raw.parts[1]).strip('"“”').replace("_", " ")
            return _("total %(what)s") % {"what": what}
        if raw.kind == "attribute":
            code, attribute = (str(part).strip('"“”') for part in raw.parts)
            option = self.product.options.get(code)
            measured = MEASURED.fullmatch(attribute)
            words = f"{measured[1]} ({measured[2]})" if measured else attribute
            name = self._name(option) if option else code
            return f"{name}, {words.replace('_', ' ')}"
        option = self._option(raw)
        return self._name(option) if option else str(raw.parts[0]).strip('"“”')


def _comparison(kind: str) -> str:
    return {
        "EQ": pgettext("comparison", "%(one)s: %(other)s"),
        "NE": _("%(one)s other than %(other)s"),
        "LT": _("%(one)s less than %(other)s"),
        "LE": _("%(one)s at most %(other)s"),
        "GT": _("%(one)s more than %(other)s"),
        "GE": _("%(one)s at least %(other)s"),
    }[kind]


def _another(said: str) -> str:
    return _("anything but %(value)s") % {"value": said}


def _delivery(raw: Raw) -> str:
    days = int(str(raw.parts[1]))
    said = ngettext(
        "delivery at least %(days)s day later", "delivery at least %(days)s days later", days
    )
    return said % {"days": days}


def _ungrouped(raw: Raw) -> Raw:
    while raw.kind == "group":
        raw = raw.parts[0]
    return raw


def _word(raw: Raw) -> str | None:
    """The code, yes or no that is written; None for anything else."""
    if raw.kind in ("name", "code"):
        return str(raw.parts[0]).strip('"“”')
    if raw.kind == "number" and len(raw.parts) == 1:
        return str(raw.parts[0])
    if raw.kind == "negative" and raw.parts[1].kind == "number":
        return "-" + str(raw.parts[1].parts[0])
    return None
