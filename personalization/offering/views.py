"""Offers in the marketer's room: for whom, what they come to on designs, what came of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orders.promo.batches import make_codes
from orders.promo.models import Floor, PromoCode, Promotion
from orders.tables import csv_response
from personalization.offering import pages, services, words
from personalization.offering.fingerprints import fingerprint
from personalization.offering.forms import CodesForm, FloorForm, OfferForm, TermsForm
from personalization.offering.models import Offer
from personalization.offering.roles import EDIT, SEE
from personalization.people.marketers import marketer
from personalization.segments import language

ANY = require_http_methods(["GET", "HEAD", "POST"])
CSV_HEADER = ("code", "person", "given", "until", "used", "withdrawn")


@require_safe
@marketer(SEE)
def listed(request: HttpRequest) -> HttpResponse:
    """All of them, and how low they may go."""
    context = {"rows": pages.rows(), "floor": FloorForm(instance=_floor())}
    return render(request, "personalization/offering/list.html", context)


def _floor() -> Floor:
    return Floor.objects.filter(product=None).first() or Floor()


@require_POST
@marketer(EDIT)
def lowest(request: HttpRequest) -> HttpResponse:
    """How low codes may bring a price, of all products that say nothing else."""
    form = FloorForm(request.POST, instance=_floor())
    if not form.is_valid():
        context = {"rows": pages.rows(), "floor": form}
        return render(request, "personalization/offering/list.html", context, status=422)
    form.save()
    messages.success(request, _("That counts from now on, for all codes."))
    return redirect("offering:list")


@ANY
@marketer(EDIT)
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new one, or one to change."""
    found = get_object_or_404(Offer, pk=pk) if pk is not None else Offer()
    promotion = found.promotion if found.pk else Promotion()
    terms = TermsForm(request.POST or None, instance=promotion)
    form = OfferForm(request.POST or None, instance=found)
    now = fingerprint(found)
    moved = request.method == "POST" and request.POST.get("seen", now) != now
    if request.method == "POST" and terms.is_valid() and form.is_valid() and not moved:
        with transaction.atomic():  # never without its products: it would be for all
            offer = services.save(offer=form.save(commit=False), promotion=terms.save(commit=False))
            terms.save_m2m()
        _tell_kept(request, offer)
        return redirect("offering:offer", offer.pk)
    context = {"offer": found, "terms": terms, "form": form, "seen": now, "moved": moved}
    status = 409 if moved else 422 if request.method == "POST" else 200
    return render(request, "personalization/offering/form.html", context, status=status)


def _tell_kept(request: HttpRequest, offer: Offer) -> None:
    messages.success(request, _("The offer is kept."))
    if state := words.state(offer.promotion):
        messages.warning(request, _("Nobody is given it now (%(state)s).") % {"state": state})


@require_safe
@marketer(SEE)
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is, what it comes to, who has it."""
    found = _found(pk)
    return _page(request, found, CodesForm(found))


def _found(pk: int) -> Offer:
    return get_object_or_404(Offer.objects.select_related("promotion"), pk=pk)


def _page(request: HttpRequest, found: Offer, form: CodesForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "offer": found,
        "worth": words.worth(found.promotion),
        "who": pages.said(found.rule),
        "state": words.state(found.promotion),
        "until": words.until(found.promotion.ends_at),
        "examples": pages.examples(found),
        "results": pages.results(found),
        "grants": pages.grants(found),
        "form": form,
    }
    return render(request, "personalization/offering/offer.html", context, status=status)


@require_POST
@marketer(EDIT)
def mint(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody gets a code whom it is for."""
    found = _found(pk)
    if state := words.state(found.promotion):
        messages.error(request, _("Nobody is given it now (%(state)s).") % {"state": state})
        return redirect("offering:offer", pk)
    try:
        count = len(services.everybody(found))
    except language.BadRule as error:
        messages.error(request, error.said)
        return redirect("offering:offer", pk)
    services.ask_to_mint(found)
    said = ngettext(
        "Codes are being made for %(n)d person.", "Codes are being made for %(n)d people.", count
    )
    messages.success(request, said % {"n": count})
    return redirect("offering:offer", pk)


@require_POST
@marketer(EDIT)
def codes(request: HttpRequest, pk: int) -> HttpResponse:
    """Codes for one order each, for whoever is handed one."""
    found = _found(pk)
    form = CodesForm(found, request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    asked = form.cleaned_data
    made = make_codes(promotion=found.promotion, count=asked["count"], start=asked["start"])
    said = ngettext("%(n)d code made.", "%(n)d codes made.", len(made))
    messages.success(request, said % {"n": len(made)})
    return redirect("offering:offer", pk)


@require_POST
@marketer(EDIT)
def turn(request: HttpRequest, pk: int) -> HttpResponse:
    """On or off: while it is off, none of its codes works."""
    found = _found(pk)
    on = request.POST.get("on") == "1"
    Promotion.objects.filter(pk=found.promotion_id).update(active=on)
    messages.success(request, _("The offer is on.") if on else _("The offer is off."))
    return redirect("offering:offer", pk)


@require_safe
@marketer(SEE)
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """All codes, and whose they are by the keys of people."""
    return csv_response(f"offer-{pk}", CSV_HEADER, _lines(_found(pk)))


def _lines(found: Offer) -> Iterator[tuple[str, str, str, str, int, str]]:
    rows = PromoCode.objects.filter(promotion=found.promotion_id).order_by("pk")
    for row in rows.select_related("grant__person__into").iterator():
        grant = getattr(row, "grant", None)
        whole = grant and (grant.person.into or grant.person)
        yield (
            row.grouped,
            str(whole.key) if whole else "",
            grant.at.isoformat(timespec="seconds") if grant else "",
            row.ends_at.isoformat(timespec="seconds") if row.ends_at else "",
            row.used,
            grant.withdrawn_at.isoformat(timespec="seconds")
            if grant and grant.withdrawn_at
            else "",
        )
