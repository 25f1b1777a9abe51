"""What I allow, where I am reached, and leaving: for accounts, and for browsers without one."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orders.fields import check_mail_goes_out
from personalization.people import (
    centering,
    consent,
    contacts,
    leaving,
    needing,
    own_parts,
    reaching,
    receipts,
    visitors,
    ways,
    zones,
)
from personalization.people.exchanges import Exchange
from personalization.people.models import Person
from personalization.people.purposes import Channel, Purpose


class AddressForm(forms.Form):
    """Where a customer is reached by mail."""

    email = forms.EmailField(
        label=gettext_lazy("Email"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        validators=[check_mail_goes_out],
    )


def page(
    request: HttpRequest, template: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    """A page that no cache keeps: it is somebody's own."""
    response = render(request, template, context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def you(request: HttpRequest) -> HttpResponse:
    """All that can be allowed, and what is."""
    return _you(request, visitors.person_of(request), AddressForm())


def _you(
    request: HttpRequest,
    person: Person | None,
    form: AddressForm,
    status: int = 200,
    wrong: dict[str, str] | None = None,
    refused: str = "",
) -> HttpResponse:
    context: dict[str, object] = {
        "rows": centering.rows_of(person, get_language() or "en"),
        "email": contacts.address_of(person, Channel.MAIL) if person else "",
        "form": form,
        "receipts": receipts.receipts_of(person),
        "zones": zones.names(),
        "zone": person.time_zone if person else "",
        "parts": own_parts.parts_of(person),
        "wrong": wrong or {},
        "answers": request.POST if wrong or refused else {},
        "refused": refused,
        "sections": ways.sections_of(request, person),
        "signal": request.headers.get("Sec-GPC") == visitors.SIGNAL,
    }
    return page(request, "people/you.html", context, status)


@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Allow what is ticked, and nothing else."""
    person = _person(request)
    if person is None:
        return redirect("people:you")
    wanted = set(request.POST.getlist("allow"))
    unread = centering.outdated(request.POST.getlist("read")[:99])
    changed = centering.change(person=person, wanted=wanted, where="/you/", unread=unread)
    if any(each.partition(":")[0] in unread for each in wanted):
        messages.warning(request, _("What we ask has changed meanwhile. Please read it again."))
    changed += zones.choose(person=person, name=request.POST.get("time_zone", person.time_zone))
    said = _("That counts from now on.") if changed else _("Nothing has changed.")
    messages.success(request, said)
    return redirect("people:you")


@require_POST
def reach(request: HttpRequest) -> HttpResponse:
    """Have a link mailed that shows whose an address is."""
    form = AddressForm(request.POST)
    person = _person(request)
    if person is None:
        return redirect("people:you")
    if not form.is_valid():
        return _you(request, person, form, status=422)
    email = form.cleaned_data["email"]
    if not reaching.may_mail(request, email):
        return page(request, "429.html", {}, status=429)
    reaching.ask(person=person, email=email)
    messages.success(request, _("We mailed a link to %(email)s.") % {"email": email})
    return redirect("people:you")


@require_POST
def exchange(request: HttpRequest, exchange: str) -> HttpResponse:
    """Tell what is asked, and get what is given for it; or take it back."""
    row = get_object_or_404(Exchange, code=exchange)
    person = _person(request)
    if person is None:
        return redirect("people:you")
    if request.POST.get("act") == "back":
        if receipts.take_back(person=person, exchange=row):
            messages.success(request, _("It is deleted, and with it what it changed."))
        return redirect("people:you")
    if not row.active:
        raise Http404("not asked any more")
    answers = {name: str(said) for name, said in request.POST.items()}
    read = request.POST.get("allow-it", "")[:9]
    try:
        receipts.give(person=person, exchange=row, answers=answers, read=read)
    except needing.NotAllowed:
        return _you(request, person, AddressForm(), status=422, refused=row.code)
    except receipts.NotReached:
        messages.warning(request, _("First show us a mail address of yours, below."))
    except ValidationError as error:
        wrong = {f"{row.code}:{name}": " ".join(said) for name, said in error.message_dict.items()}
        return _you(request, person, AddressForm(), status=422, wrong=wrong)
    else:
        messages.success(request, _("Thank you! What you get for it stands here."))
    return redirect("people:you")


@require_http_methods(["GET", "HEAD", "POST"])
def mailed(request: HttpRequest, proof: str) -> HttpResponse:
    """The link from the mail: a question, and one's own page."""
    contact = reaching.contact_of(proof)
    if contact is None:
        return page(request, "people/expired.html", {}, status=410)
    if request.method == "POST":
        reaching.arrive(request=request, contact=contact)
        return redirect("people:you")
    asked = [purpose.label for purpose in reaching.asked_for(contact)]
    return page(request, "people/mailed.html", {"email": contact.address, "asked": asked})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, proof: str) -> HttpResponse:
    """Leaving: one click, or one POST by a mail program, which has no cookie (RFC 8058)."""
    found = leaving.read(proof)
    if found is None:
        raise Http404("no such way out")
    person = found.person
    if request.method == "POST" and person is not None:
        consent.withdraw(
            person=person,
            purpose=found.purpose,
            channel=found.channel,
            where="/you/leave/",
            how="one click",
        )
    done = person is None or not consent.allows(person, found.purpose, found.channel)
    context: dict[str, object] = {
        "done": done,
        "purpose": Purpose(found.purpose).label,
        "channel": Channel(found.channel).label,
    }
    return page(request, "people/leave.html", context)


def _person(request: HttpRequest) -> Person | None:
    """Whoever decides: somebody from now on. None for people of the firm: they decide nothing."""
    if request.user.is_authenticated and visitors.person_of(request) is None:
        messages.info(request, _("You are signed in as one of the firm’s people."))
        return None
    return visitors.person_of(request, make=True)
