"""What lies outside of a customer's budget and date, and by how much the two would have to give."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from configurator.catalog.configuration import Configuration
from configurator.catalog.texts import say
from configurator.engine import Value
from configurator.wizard import reach
from configurator.wizard.answers import answer_of
from configurator.wizard.entering import write_value
from configurator.wizard.limits import FREE, Limits, limits_words
from configurator.wizard.screen import Screen
from configurator.wizard.telling import day_words
from configurator.wizard.timing import bounds_of, day_within, fastest
from configurator.wizard.valuing import is_timed, over_words


@dataclass(frozen=True)
class Offer:
    """Other limits, as a form posts them, and what the button for them says."""

    words: str
    budget: str = ""
    day: str = ""


@dataclass(frozen=True)
class LimitsView:
    """The form for budget and day. `said` are the limits in short, "" for none. A budget that
    can't be kept is `unpriced`."""

    budget: str
    day: str
    earliest: str
    said: str
    priced: bool
    timed: bool
    unpriced: bool = False
    budget_error: str = ""
    day_error: str = ""


@dataclass(frozen=True)
class Misfit:
    """Nothing that keeps the choices is within the limits: what there is instead."""

    limits: str
    price: str  # of the cheapest design
    ready: str  # the day of the fastest
    offers: tuple[Offer, ...]


@dataclass(frozen=True)
class Excess:
    """A value with which no design is within the limits: what it costs, how long it takes."""

    option: str
    post: str
    name: str
    label: str
    over: str
    price: str
    ready: str
    limits: str
    offers: tuple[Offer, ...]


def limits_view(screen: Screen) -> LimitsView | None:
    """The form; None where there is nothing to compare."""
    product, limits, refused = screen.product, screen.limits, screen.refused
    timed = is_timed(product)
    if not (screen.priced or timed):
        return None
    return LimitsView(
        budget=refused.budget if refused else amount(limits.budget),
        day=refused.day if refused else (limits.day.isoformat() if limits.day else ""),
        earliest=(timezone.localdate() + timedelta(days=1)).isoformat(),
        said=limits_words(limits, screen.product.currency, screen.locale),
        priced=screen.priced and screen.compared,
        timed=timed,
        unpriced=screen.priced and not screen.compared,
        budget_error=refused.wrong.get("budget", "") if refused else "",
        day_error=refused.wrong.get("day", "") if refused else "",
    )


def amount(minor: int | None) -> str:
    """Minor units as a form has them: "1500", "1500.50", "" for none."""
    if minor is None:
        return ""
    return f"{Decimal(minor) / 100:.2f}".removesuffix(".00")


def misfit(screen: Screen) -> Misfit | None:
    """What there is instead if nothing is within the limits; None if something is."""
    if screen.bounds == FREE or screen.fits:
        return None
    answer = screen.answer
    return Misfit(
        limits=limits_words(screen.limits, screen.product.currency, screen.locale),
        price=_least(screen, answer.total),
        ready=day_words(_soonest(screen, screen.configuration), screen.locale),
        offers=tuple(_offers(screen, screen.configuration)),
    )


def excess(screen: Screen, option: str, value: Value) -> Excess:
    """Why a value that the rules allow is over the limits."""
    product, locale, now = screen.product, screen.locale, screen.configuration
    choices, _gone = reach.with_value(product, now, option, value)
    after = replace(now, choices=choices)
    answer = answer_of(product, after)
    return Excess(
        option=option,
        post=write_value(value),
        name=say(product.options[option].name, locale),
        label=product.label(option, value, locale),
        over=over_words(screen.valuer.worth(option, value).over),
        price=_least(screen, answer.total),
        ready=day_words(_soonest(screen, after), locale),
        limits=limits_words(screen.limits, product.currency, locale),
        offers=tuple(_offers(screen, after)),
    )


def _least(screen: Screen, total: int | None) -> str:
    """A price, "" where there are none or the lowest is not known."""
    return screen.money(total) if screen.priced and total is not None else ""


def _soonest(screen: Screen, state: Configuration, budget: int | None = None) -> date:
    """The day of the fastest design that keeps the state, and the budget if one does."""
    return day_within(screen.desk, state, fastest(screen.desk, state, budget))


def _offers(screen: Screen, state: Configuration) -> Iterator[Offer]:
    """A larger budget, a later day, or both; and no limits at all."""
    product, (budget, days) = screen.product, bounds_of(screen.limits, state, screen.desk)
    timely = answer_of(product, state, (None, days)).total
    found = False
    if budget is not None and timely is not None and timely > budget:
        found = True
        yield _offer(screen, _budget(screen, timely, screen.limits.day))
    if days is not None and fastest(screen.desk, state, budget)[1] is not None:
        found = True
        yield _offer(screen, replace(screen.limits, day=_soonest(screen, state, budget)))
    if not found and budget is not None and days is not None:
        least = answer_of(product, state).total
        yield _offer(screen, _budget(screen, least or 0, _soonest(screen, state, least)))
    yield Offer(_("No limits"))


def _budget(screen: Screen, net: int, day: date | None) -> Limits:
    """Limits with which this net amount can be paid."""
    return Limits(screen.tariff.gross(net), day, screen.limits.charge)


def _offer(screen: Screen, limits: Limits) -> Offer:
    price = screen.money_with_tax(limits.budget or 0)
    day = limits.day or timezone.localdate()
    parts = {"price": price, "day": day_words(day, screen.locale)}
    raises, waits = limits.budget != screen.limits.budget, limits.day != screen.limits.day
    if raises and waits:
        words = _("Up to %(price)s, by %(day)s")
    else:
        words = _("Up to %(price)s") if raises else _("By %(day)s")
    return Offer(words % parts, amount(limits.budget), limits.day.isoformat() if limits.day else "")
