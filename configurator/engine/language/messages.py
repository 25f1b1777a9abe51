"""What a text of the rule language gets wrong, in words."""

from __future__ import annotations

from configurator.engine.words import Words
from configurator.engine.words import Words as _


def no_option(name: object) -> Words:
    return _("There is no option called “%(name)s”.", name=name)


def not_comparable(name: object) -> Words:
    return _("This cannot be compared with “%(name)s”.", name=name)


def days_last() -> Words:
    return _("Days belong after “then” or “requires”, at the end of a rule of their own.")


def no_condition() -> Words:
    return _("A condition is expected here, but this is a number; compare it with one.")


def lone(name: object, example: object) -> Words:
    return _(
        "“%(name)s” alone is not a condition; write for instance %(example)s.",
        name=name,
        example=example,
    )


def no_number() -> Words:
    return _("A number is expected here, but this is a condition; count(…) counts them.")


def quoted_code(name: object) -> Words:
    return _("“%(name)s” is not an option; a quoted code belongs beside its option.", name=name)


def long_number(longest_number: object) -> Words:
    return _("A number has at most %(longest_number)s digits.", longest_number=longest_number)


def no_attribute(name: object, attribute: object) -> Words:
    return _(
        "The values of “%(name)s” have no attribute “%(attribute)s”.",
        name=name,
        attribute=attribute,
    )


def text_attribute(name: object, attribute: object) -> Words:
    return _(
        "“%(name)s.%(attribute)s” is a text; it can only be compared: = or !=.",
        name=name,
        attribute=attribute,
    )


def unknown_attribute(wanted: object) -> Words:
    return _("No option has an attribute “%(wanted)s”.", wanted=wanted)


def no_order(name: object) -> Words:
    return _("“%(name)s” is not a number; only numbers have an order.", name=name)


def free_text(name: object) -> Words:
    return _('The text “%(name)s” can only be compared with "" or measured by len().', name=name)


def delaying_options(told: object) -> Words:
    return _(
        "What delays can depend on one option, or on one “or” another, but here it depends on "
        "%(told)s together.",
        told=told,
    )


def days_whole(most_days: object) -> Words:
    return _("Days are a whole number, %(most_days)s at most.", most_days=most_days)


def else_missing() -> Words:
    return _("A formula with “if” also needs “else”, so that it always has a number.")


def both_alike() -> Words:
    return _("After “then” and “else” both must be numbers, or both conditions.")


def no_function(name: object) -> Words:
    return _("There is no function “%(name)s”.", name=name)


def too_few(name: object, n: object) -> Words:
    return _("%(name)s() needs at least %(n)s value(s) in its brackets.", name=name, n=n)


def takes_one(name: object) -> Words:
    return _("%(name)s() takes one value.", name=name)


def round_takes() -> Words:
    return _("round() takes a number and, if wanted, how many decimals to keep (-9 to 9).")


def len_takes() -> Words:
    return _("len() takes the name of a text option.")


def no_numbers(name: object, attribute: object) -> Words:
    return _("“%(name)s.%(attribute)s” is not a number.", name=name, attribute=attribute)


def no_choices(name: object) -> Words:
    return _("“%(name)s” is not an option with choices.", name=name)
