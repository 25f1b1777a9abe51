"""What each value would mean for a design: possible or not, more or less money, days, limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from configurator.capacity.days import days_between, ready_on
from configurator.catalog.configuration import Configuration
from configurator.catalog.released import ReleasedProduct
from configurator.engine import Answer, Choices, Value
from configurator.wizard import reach
from configurator.wizard.answers import answer_of
from configurator.wizard.errors import Impossible
from configurator.wizard.limits import FREE, Bounds, delays, knows_prices
from configurator.wizard.money import MINUS
from configurator.wizard.tariffs import Tariff
from configurator.wizard.timing import Timing, day_within

CHOSEN, DEFAULT, OPEN, BLOCKED, OVER = "chosen", "default", "open", "blocked", "over"
BUDGET, DAY, BOTH = "budget", "day", "both"


@dataclass(frozen=True)
class Worth:
    """A value at a state. `more` are minor units with tax and `days` working days, both against
    the present; `gone` the choices that it would end, `over` the limits that it breaks, or ""."""

    state: str
    more: int = 0
    days: int = 0
    gone: tuple[str, ...] = ()
    over: str = ""
    unpriced: bool = False  # what it costs is known once it is chosen


BLOCKED_WORTH = Worth(BLOCKED)


@dataclass(frozen=True)
class Valuer:
    """Looks values up in the engine's answers for one state of a design."""

    product: ReleasedProduct
    configuration: Configuration
    whole: Configuration  # the design shown
    bounds: Bounds
    timing: Timing
    day: date | None  # the customer's
    tariff: Tariff

    @cached_property
    def answer(self) -> Answer:
        """What the rules allow, whatever the limits are."""
        return answer_of(self.product, self.configuration)

    @cached_property
    def within(self) -> Answer:
        """What the rules and the limits allow."""
        return answer_of(self.product, self.configuration, self.bounds)

    @cached_property
    def fits(self) -> bool:
        """Whether some design that keeps what is decided is within the limits."""
        return self.bounds == FREE or bool(self.within.completion)

    @property
    def net(self) -> int | None:
        """The total of the cheapest design, within the limits if one is; where prices are not
        compared, that of the design shown."""
        if not knows_prices(self.product):
            return self.price_of(self.whole.choices)
        return self.within.total if self.fits else self.answer.total

    def price_of(self, choices: Choices) -> int:
        """The exact total of one complete design with these choices."""
        now = self.configuration
        counting = self.product.texts_of(Configuration(dict(choices), now.texts))
        return sum(self.product.space.term_amounts(choices, counting).values())

    @cached_property
    def settled(self) -> bool:
        """Whether the choices leave nothing open: then a value makes one whole design at most."""
        chosen = self.configuration.choices
        return all(
            code in chosen or sum(values.values()) == 1
            for code, values in ((code, self._unless_chosen(code)) for code in self.whole.choices)
        )

    def _unless_chosen(self, code: str) -> Mapping[Value, bool]:
        chosen = self.configuration.choices
        return {} if code in chosen else self.answer.possible[code]

    def whole_price(self, changes: Choices) -> int | None:
        """The exact total of the design shown with some other values, if all is decided and that
        is a design; None if only a guess could be made."""
        if not self.settled:
            return None
        choices = {**self.whole.choices, **changes}
        return self.price_of(choices) if self.product.space.is_valid(choices) else None

    def worth(self, code: str, value: Value) -> Worth:
        """What choosing the value would mean."""
        if not self.answer.possible[code].get(value):
            return self._ending(code, value)
        over = self._over(code, value)
        total = self._total(code, value)
        return Worth(
            self._state(code, value, over),
            self.more(total),
            self._days(code, value),
            over=over,
            unpriced=total is None,
        )

    def _state(self, code: str, value: Value, over: str) -> str:
        chosen = self.configuration.choices
        if chosen.get(code) == value and code in chosen:
            return CHOSEN
        if over and self.fits:
            return OVER
        is_shown = code not in chosen and self.whole.choices.get(code) == value
        return DEFAULT if is_shown else OPEN

    def _ending(self, code: str, value: Value) -> Worth:
        """A value that is possible only if choices which then no longer apply are let go."""
        if not reach.dependents(self.product, code, self.configuration.choices):
            return BLOCKED_WORTH
        try:
            choices, gone = reach.with_value(self.product, self.configuration, code, value)
        except Impossible:
            return BLOCKED_WORTH
        now = self.configuration
        after = Configuration(choices, now.texts, now.files)
        answer = answer_of(self.product, after, self.bounds)
        over = "" if self._keeps(after, answer) else broken(self, after)
        total = answer.total if not over else answer_of(self.product, after).total
        state = OVER if over and self.fits else OPEN
        days = days_between(self.timing.now, day_within(self.timing.at, after))
        return Worth(state, self.more(total), days, gone, over, total is None)

    def _keeps(self, after: Configuration, answer: Answer) -> bool:
        if self.bounds == FREE:
            return True
        late = self.day and day_within(self.timing.at, after, self.bounds) > self.day
        return bool(answer.completion) and not late

    def more(self, total: int | None) -> int:
        """What a total is above the present one, both with tax, in minor units."""
        if total is None or self.net is None:
            return 0
        return self.tariff.gross(total) - self.tariff.gross(self.net)

    def _total(self, code: str, value: Value) -> int | None:
        if not knows_prices(self.product):
            return self.whole_price({code: value})
        within = self.within.totals[code].get(value) if self.bounds != FREE else None
        return self.answer.totals[code].get(value) if within is None else within

    def _over(self, code: str, value: Value) -> str:
        """Which limits no design with the value keeps."""
        if self.bounds == FREE:
            return ""
        budget, _days = self.bounds
        if self.day and not self._in_time(code, value):
            return DAY
        if self.within.possible[code].get(value):
            return ""
        total = self.answer.totals[code].get(value)
        return BUDGET if budget is None or total is None or total > budget else BOTH

    def _in_time(self, code: str, value: Value) -> bool:
        assert self.day is not None
        if knows_prices(self.product) and self.product.content["operations"]:
            return self.timing.in_time(code, value, self.day)
        more = self._days(code, value)
        if more > 0 and ready_on(more, self.timing.now) > self.day:
            return False  # as the days beside the value say
        timely = answer_of(self.product, self.configuration, (None, self.bounds[1]))
        return bool(timely.possible[code].get(value))

    def _days(self, code: str, value: Value) -> int:
        """The working days that the cheapest design with the value takes more, or less."""
        if not is_timed(self.product):
            return 0
        if not knows_prices(self.product):
            days, now = self.answer.days_by_value[code].get(value), self.answer.days
            return 0 if days is None or now is None else days - now
        within = self.bounds != FREE and bool(self.within.possible[code].get(value))
        day = self.timing.day(code, value, within=within)
        return 0 if day is None else days_between(self.timing.now, day)


def broken(valuer: Valuer, after: Configuration) -> str:
    """Which limits a state breaks that has no design within them."""
    budget, days = valuer.bounds
    if answer_of(valuer.product, after, (None, days)).total is None:
        return DAY
    total = answer_of(valuer.product, after).total
    return BUDGET if budget is None or total is None or total > budget else BOTH


def is_timed(product: ReleasedProduct) -> bool:
    """Whether any value changes when a design can be ready."""
    return len(delays(product)) > 1 or (
        knows_prices(product) and bool(product.content["operations"])
    )


def over_words(over: str) -> str:
    """Which limits are broken, in words."""
    return {
        BUDGET: _("over your budget"),
        DAY: _("too late for your date"),
        BOTH: _("over your budget by that date"),
    }.get(over, "")


def days_words(days: int) -> str:
    """A difference in working days: "+5 days", "−1 day", and "" for none."""
    if not days:
        return ""
    count = abs(days)
    words = ngettext("%(count)s day", "%(count)s days", count) % {"count": count}
    return ("+" if days > 0 else MINUS) + words
