"""All that a page of the wizard shows about a design, computed once a request."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from configurator.capacity.promises import Desk
from configurator.catalog.configuration import Configuration
from configurator.catalog.infos import OptionInfo
from configurator.catalog.queries import released
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.engine import Answer, Choices, UnavailableError
from configurator.shops import currencies
from configurator.wizard import advising, locking
from configurator.wizard import sooner as faster
from configurator.wizard.answers import answer_of, completed
from configurator.wizard.dimensions import Dimension, dimensions_of
from configurator.wizard.errors import BadLimits
from configurator.wizard.limits import Bounds, Limits, knows_prices
from configurator.wizard.models import Design
from configurator.wizard.money import tax_words
from configurator.wizard.option_views import Entered, OptionView
from configurator.wizard.options import Builder, unwritable
from configurator.wizard.steps import Page, pages_of
from configurator.wizard.tariffs import Tariff, paid_in, tariff_of
from configurator.wizard.telling import count_words, day_words
from configurator.wizard.thumbs import pictured_options
from configurator.wizard.timing import Timing, bounds_of, day_within, desk_of
from configurator.wizard.valuing import DEFAULT, Valuer, is_timed


@dataclass(frozen=True)
class StepView:
    """A step in the navigation."""

    code: str
    name: str
    decided: int
    total: int
    current: bool
    needs: bool  # something required is missing, or an entry does not fit

    @property
    def done(self) -> bool:
        return self.decided == self.total and not self.needs


@dataclass(frozen=True)
class LineView:
    """A line of the receipt."""

    label: str
    amount: str


@dataclass
class Screen:
    """A design with its release and the engine's answer; `step` is the code of the step shown."""

    design: Design
    step: str = ""
    entered: Entered | None = None
    refused: BadLimits | None = None
    locale: str = field(default_factory=lambda: get_language() or "en")

    @cached_property
    def product(self) -> ReleasedProduct:
        return released(self.design.release_id)

    @cached_property
    def configuration(self) -> Configuration:
        return Configuration.from_json(self.design.state)

    @cached_property
    def limits(self) -> Limits:
        """The customer's budget and day."""
        return paid_in(Limits.from_json(self.design.limits), self.product, self.tariff)

    @cached_property
    def bounds(self) -> Bounds:
        return bounds_of(self.limits, self.configuration, self.desk)

    @cached_property
    def desk(self) -> Desk:
        """Where the workshop is asked, once a request."""
        return desk_of(self.design, self.product)

    @cached_property
    def timing(self) -> Timing:
        return Timing(self.desk, self.configuration, self.whole, self.bounds)

    @cached_property
    def valuer(self) -> Valuer:
        return Valuer(
            self.product,
            self.configuration,
            self.whole,
            self.bounds,
            self.timing,
            self.limits.day,
            self.tariff,
        )

    @cached_property
    def tariff(self) -> Tariff:
        """In which currency it is paid, with which tax."""
        return tariff_of(self.product, self.design)

    @property
    def currency(self) -> str:
        return self.tariff.currency

    @property
    def answer(self) -> Answer:
        """What the rules allow, whatever the limits are."""
        return self.valuer.answer

    @property
    def fits(self) -> bool:
        """Whether some design that keeps what is decided is within the limits."""
        return self.valuer.fits

    @cached_property
    def whole(self) -> Configuration:
        """The cheapest complete design that keeps what is decided, within the limits if one is."""
        return completed(self.product, self.configuration, self.bounds)

    @cached_property
    def priced(self) -> bool:
        return is_priced(self.product)

    @cached_property
    def builder(self) -> Builder:
        return Builder(
            valuer=self.valuer,
            locale=self.locale,
            priced=self.priced,
            thumbs=pictured_options(self.product),
            entered=self.entered,
            locked=self.locked,
        )

    @property
    def locked(self) -> dict[str, str]:
        """The options that can't be changed any more, with the reasons."""
        return {code: say(why, self.locale) for code, why in self.design.locked.items()}

    @property
    def kept(self) -> Choices:
        """The choices that can't be changed any more."""
        return locking.kept(self.design.locked, self.configuration)

    @property
    def notice(self) -> str:
        return say(self.design.notice, self.locale) if self.design.notice else ""

    # the steps

    @cached_property
    def pages(self) -> list[tuple[Page, list[OptionInfo]]]:
        """The steps with the options that apply; steps without any are left out."""
        shown = [(page, self._applying(page)) for page in pages_of(self.product)]
        return [(page, options) for page, options in shown if options]

    def _applying(self, page: Page) -> list[OptionInfo]:
        return [
            option
            for option in page.options
            if option.when is None or self.product.applies(option.code, self.whole.choices)
        ]

    @cached_property
    def place(self) -> int:
        """Where in `pages` the step shown is; an unknown step is the first."""
        codes = [page.code for page, _shown in self.pages]
        return codes.index(self.step) if self.step in codes else 0

    @cached_property
    def current(self) -> StepView:
        return self.steps[self.place]

    @property
    def current_help(self) -> str:
        return say(self.pages[self.place][0].help, self.locale)

    @cached_property
    def options(self) -> list[OptionView]:
        """The options of the step shown."""
        views = [self.builder.view(option) for option in self.pages[self.place][1]]
        return [advising.with_hint(self, view) for view in views]

    @property
    def dimensions(self) -> list[Dimension]:
        """Where the measures of the step shown are seen on the picture."""
        codes = [option.code for option in self.pages[self.place][1]]
        return dimensions_of(self.product, self.whole, codes, self.locale)

    @cached_property
    def steps(self) -> list[StepView]:
        return [
            StepView(
                code=page.code,
                name=page.title(self.locale),
                decided=sum(self._decided(option) for option in options if _counts(option)),
                total=sum(_counts(option) for option in options),
                current=place == self.place,
                needs=any(option.code in self.missing for option in options),
            )
            for place, (page, options) in enumerate(self.pages)
        ]

    @property
    def previous_step(self) -> StepView | None:
        return self.steps[self.place - 1] if self.place else None

    @property
    def next_step(self) -> StepView | None:
        return self.steps[self.place + 1] if self.place + 1 < len(self.steps) else None

    @property
    def goal(self) -> StepView | None:
        """Where "next" leads: the next step, after the last one the first with something open."""
        undone = next((step for step in self.steps if not step.done and not step.current), None)
        return self.next_step or undone

    def show(self, code: str) -> None:
        """Turn to the page on which an option stands (before anything else was asked for)."""
        here = self.step
        there = self.step_of(code)
        if there and there != here:
            self.step = there
            for name in ("place", "current", "steps", "options"):
                self.__dict__.pop(name, None)

    def step_of(self, code: str) -> str:
        """The code of the step on which an option stands."""
        pages = pages_of(self.product)
        return next((page.code for page in pages for o in page.options if o.code == code), "")

    def _decided(self, option: OptionInfo) -> bool:
        if option.kind in ("text", "file"):
            return option.code not in self.missing
        return self.builder.state(option) != DEFAULT

    @cached_property
    def missing(self) -> dict[str, str]:
        """Options that still need an entry before this can be ordered, with their names."""
        found = {}
        for _place, options in self.pages:
            for option in options:
                if option.kind in ("text", "file") and self._needs(option):
                    found[option.code] = say(option.name, self.locale)
        return found

    def _needs(self, option: OptionInfo) -> bool:
        if option.kind == "file":
            return option.required and not self.configuration.files.get(option.code)
        text = self.configuration.texts.get(option.code, "")
        if not text:
            return option.required
        return bool(unwritable(self.product, option.code, self.whole.choices, text))

    # the summary

    @cached_property
    def decided(self) -> int:
        return sum(step.decided for step in self.steps)

    @cached_property
    def total(self) -> int:
        return sum(step.total for step in self.steps)

    @property
    def complete(self) -> bool:
        return self.decided == self.total

    @property
    def advised(self) -> bool:
        """Whether what is open can be decided as others did."""
        return bool(self.open) and self.compared and advising.knows(self.product)

    @property
    def open(self) -> int:
        return self.total - self.decided

    @property
    def tax(self) -> str:
        """The tax rate in words, "" if there is none."""
        return tax_words(self.product.tax_rate, self.locale)

    @cached_property
    def price(self) -> str:
        return self.money(self.valuer.net or 0)

    @property
    def price_plain(self) -> str:
        """The price as programs read it: 1240.00; "" without prices."""
        net = self.valuer.net or 0
        return f"{Decimal(self.with_tax(net)) / 100:.2f}" if self.priced else ""

    @property
    def about(self) -> str:
        """The price in the customer's own currency, about."""
        price = self.price_plain
        return currencies.about(Decimal(price), self.currency, self.locale) if price else ""

    def money(self, net_minor: int) -> str:
        """Net minor units, with tax, as text."""
        return self.money_with_tax(self.with_tax(net_minor))

    def with_tax(self, net_minor: int) -> int:
        """Net minor units with the tax on them."""
        return self.tariff.gross(net_minor)

    def money_with_tax(self, minor: int) -> str:
        """Minor units that hold the tax already, as text."""
        return self.tariff.told(minor, self.locale)

    @cached_property
    def receipt(self) -> list[LineView]:
        """The lines of the price with tax; each is rounded so that they add up to the total."""
        lines, net, before = [], 0, 0
        for line in self.product.price_lines(self.whole):
            net += int(line.amount.scaleb(2))
            now = self.tariff.gross(net)
            amount = self.tariff.told(now - before, self.locale)
            lines.append(LineView(say(line.label, self.locale), amount))
            before = now
        return lines

    @property
    def tax_amount(self) -> str:
        """How much of the price is tax."""
        return self.tariff.told(self.tariff.tax_in(self.valuer.net or 0), self.locale)

    @cached_property
    def ready(self) -> date:
        return self.timing.now

    @property
    def ready_words(self) -> str:
        return day_words(self.ready, self.locale)

    @property
    def sooner_words(self) -> str:
        """The day of the fastest design that keeps the choices, if that is before `ready`."""
        days = self.answer.days if is_timed(self.product) else None
        if days is None:
            return ""
        soonest = day_within(self.desk, self.configuration, (None, days))
        return day_words(soonest, self.locale) if soonest < self.ready else ""

    @cached_property
    def sooner(self) -> faster.SoonerView | None:
        """A choice with which it would be ready sooner."""
        return faster.view_of(self)

    @cached_property
    def count_words(self) -> str:
        """How many designs keep what is decided, and the day; the budget is not counted."""
        days = self.bounds[1]
        counted = answer_of(self.product, self.configuration, (None, days))
        return count_of(counted, self.locale)

    @property
    def compared(self) -> bool:
        """Whether all designs are: counted, with the lowest price and what each value adds."""
        return knows_prices(self.product)

    @property
    def name(self) -> str:
        return say(self.product.name, self.locale)


def _counts(option: OptionInfo) -> bool:
    """Whether the progress waits for the option; a text or file that may be empty does not."""
    return option.required or option.kind not in ("text", "file")


def count_of(answer: Answer, locale: str) -> str:
    """The number of designs in words, or that a product is too large to count them."""
    try:
        return count_words(answer.count, locale)
    except UnavailableError:
        return _("not counted")


def is_pictured(product: ReleasedProduct) -> bool:
    """Whether there is anything to see of the product."""
    return bool(product.picture and product.picture.get("layers"))


def is_priced(product: ReleasedProduct) -> bool:
    """Whether the product has prices at all (an imported model may have none)."""
    return bool(product.base_price) or bool(product.space.model.terms)
