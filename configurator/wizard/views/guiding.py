"""Guided selling: questions about needs, and the designs that follow from the answers."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from configurator.catalog.configuration import Configuration
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.wizard import locking, playing, services
from configurator.wizard.errors import BadLimits, Refused
from configurator.wizard.guiding import (
    BEST,
    SOON,
    VALUE,
    Answers,
    Proposal,
    Reason,
    given,
    proposals,
)
from configurator.wizard.limits import Limits, knows_prices, read_limits
from configurator.wizard.models import Design
from configurator.wizard.money import tax_words
from configurator.wizard.outside import amount
from configurator.wizard.owning import remember
from configurator.wizard.preview import describe, picture_key
from configurator.wizard.queries import design_or_404
from configurator.wizard.screen import is_pictured, is_priced
from configurator.wizard.services import Edit
from configurator.wizard.tariffs import charge_of, paid_in, tariff_of
from configurator.wizard.telling import day_words
from configurator.wizard.timing import desk_of
from configurator.wizard.valuing import is_timed
from configurator.wizard.views.pages import product_or_404
from configurator.wizard.views.pictures import picture_response
from configurator.wizard.views.responding import WIDTHS, is_fragment, only

NEED = "n-"
"""How the names of fields begin that answer a question."""


@dataclass(frozen=True)
class Needs:
    """What was answered, and for which design of the customer, if for one; `wrong` says at which
    field an entry does not do."""

    product: ReleasedProduct
    answers: Answers
    limits: Limits
    budget: str
    day: str
    wrong: dict[str, str]
    design: Design | None
    keep: bool

    @property
    def asked(self) -> bool:
        """Whether there is anything to go by."""
        return bool(self.answers or self.limits)

    @property
    def query(self) -> str:
        """All of it as the address has it."""
        pairs = [(NEED + question, answer) for question, answer in self.answers]
        pairs += [("budget", self.budget), ("day", self.day)]
        pairs += [("design", str(self.design.pk))] if self.design else []
        pairs += [("keep", "1")] if self.keep else []
        return urlencode([(name, value) for name, value in pairs if value])

    @property
    def found(self) -> list[Proposal]:
        """The proposals; none before anything is answered."""
        if not self.asked or self.wrong:
            return []
        at = desk_of(self.design, self.product) if self.design else None
        return proposals(self.product, self.answers, self.limits, keep=self.kept, at=at)

    @property
    def kept(self) -> dict[str, Any]:
        """What proposals leave as it is: what is locked, and what was chosen by hand, if wished."""
        if self.design is None:
            return {}
        state = Configuration.from_json(self.design.state)
        hand = playing.chosen_by_hand(self.design) if self.keep else set()
        own = {code: value for code, value in state.choices.items() if code in hand}
        return {**own, **locking.kept(self.design.locked, state)}


def read_needs(product: ReleasedProduct, data: QueryDict) -> Needs:
    """What a form or an address says."""
    design = _design(product, data.get("design", ""))
    asked = {name.removeprefix(NEED): data.getlist(name) for name in data if name.startswith(NEED)}
    mine = _limits_of(product, design) if design and "budget" not in data else Limits()
    budget = data.get("budget", amount(mine.budget))[:40]
    day = data.get("day", mine.day.isoformat() if mine.day else "")[:40]
    wrong: dict[str, str] = {}
    limits = Limits()
    try:
        limits = read_limits(
            budget if knows_prices(product) else "",
            day,
            charge_of(product, design),
            get_language() or "en",
        )
    except BadLimits as bad:
        wrong = bad.wrong
    answers = given(product, asked)
    return Needs(product, answers, limits, budget, day, wrong, design, bool(data.get("keep")))


def _limits_of(product: ReleasedProduct, design: Design) -> Limits:
    return paid_in(Limits.from_json(design.limits), product, tariff_of(product, design))


def _design(product: ReleasedProduct, entered: str) -> Design | None:
    """The customer's design of this product, if the address names one."""
    try:
        found = design_or_404(UUID(entered)) if entered else None
    except ValueError:
        raise Http404("no such design") from None
    return found if found and found.release_id == product.release_id else None


@only("GET", "POST")
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions, and what follows from the answers; a proposal is taken over by a POST."""
    product = product_or_404(slug)
    if not product.guide:
        return redirect("wizard:product", slug=slug)
    needs = read_needs(product, request.POST if request.method == "POST" else request.GET)
    if request.method == "POST":
        return _take(request, needs)
    context = _context(needs)
    part = "_proposals" if is_fragment(request) else "guide"
    response = render(request, f"wizard/{part}.html", {**context, "fragment": is_fragment(request)})
    response["Cache-Control"] = "no-store, private"
    response["Vary"] = "HX-Request"
    return response


@only("GET")
def guide_picture(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The picture of a proposal, by the answers from which it follows."""
    product = product_or_404(slug)
    needs = read_needs(product, request.GET)
    found = next((each for each in needs.found if each.kind == kind), None)
    if found is None:
        raise Http404("no such proposal")
    response = picture_response(
        request, product, Configuration(dict(found.choices)), "webp", "private"
    )
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _take(request: HttpRequest, needs: Needs) -> HttpResponse:
    """Begin a design with a proposal, or take it over into the customer's."""
    wanted = request.POST.get("take", "")
    found = next((each for each in needs.found if each.kind == wanted), None)
    back = redirect(f"{reverse('wizard:guide', args=[needs.product.slug])}?{needs.query}")
    if found is None:
        return back
    state = Configuration(dict(found.choices))
    if needs.design is None:
        design = services.start_design(
            slug=needs.product.slug, language=get_language(), state=state, limits=needs.limits
        )
    else:
        edit = Edit(needs.design.pk, needs.design.revision, insist=True)
        try:
            design = playing.take(edit=edit, choices=state).design
        except Refused:  # it has changed meanwhile
            return back
    remember(request, design)
    return redirect("wizard:design", design_id=design.pk)


def _context(needs: Needs) -> dict[str, Any]:
    product, locale = needs.product, get_language() or "en"
    return {
        "needs": needs,
        "product": product,
        "name": say(product.name, locale),
        "questions": [_question(question, needs, locale) for question in product.guide],
        "proposals": [_shown(each, needs, locale) for each in needs.found],
        "priced": is_priced(product) and knows_prices(product),
        "timed": is_timed(product),
        "tax": tax_words(product.tax_rate, locale),
        "currency": charge_of(product, needs.design).currency,
    }


def _question(question: Any, needs: Needs, locale: str) -> dict[str, Any]:
    return {
        "field": NEED + question.code,
        "name": say(question.name, locale),
        "help": say(question.help, locale),
        "several": question.several,
        "answers": [
            {
                "code": answer.code,
                "name": say(answer.name, locale),
                "given": (question.code, answer.code) in needs.answers,
            }
            for answer in question.answers
        ],
        "open": not any(asked == question.code for asked, _answer in needs.answers),
    }


def _shown(proposal: Proposal, needs: Needs, locale: str) -> dict[str, Any]:
    product = needs.product
    whole = Configuration(dict(proposal.choices))
    titles = {BEST: _("Fits best"), VALUE: _("Nearly as good, for less"), SOON: _("Ready soonest")}
    picture = reverse("wizard:guide_picture", args=[product.slug, proposal.kind])
    key = picture_key(product, whole)[:12] if is_pictured(product) else ""
    source = f"{picture}?{needs.query}&k={key}"
    return {
        "kind": proposal.kind,
        "title": titles[proposal.kind],
        "picture": f"{source}&w=720" if key else "",
        "srcset": ", ".join(f"{source}&w={width} {width}w" for width in WIDTHS[:3]),
        "alt": describe(product, whole, locale) if key else "",
        "price": tariff_of(product, needs.design).money(proposal.total, locale)
        if is_priced(product)
        else "",
        "ready": day_words(proposal.ready, locale),
        "reasons": [_reason(product, reason, proposal, locale) for reason in proposal.reasons],
    }


def _reason(
    product: ReleasedProduct, reason: Reason, proposal: Proposal, locale: str
) -> dict[str, Any]:
    because = say(reason.answer.because, locale)
    asked = f"{say(reason.question.name, locale)} {say(reason.answer.name, locale)}"
    met = dict.fromkeys(_met_words(product, want.option, proposal, locale) for want in reason.met)
    return {
        "because": because,
        "asked": asked,
        "met": ", ".join(met),
        "missed": ", ".join(
            dict.fromkeys(say(product.options[want.option].name, locale) for want in reason.missed)
        ),
    }


def _met_words(product: ReleasedProduct, code: str, proposal: Proposal, locale: str) -> str:
    """What meets a want: "Mudguards: Bamboo", or "Belt" for a toggle that is on."""
    name, value = say(product.options[code].name, locale), proposal.choices.get(code)
    if value is True:
        return name
    return f"{name}: {product.label(code, value, locale)}" if value is not None else name
