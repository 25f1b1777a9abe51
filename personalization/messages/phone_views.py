"""Where texts reach somebody: their number, shown to be theirs, changed, taken back."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from personalization.messages import phones, phoning
from personalization.people import contacts, profiles, visitors
from personalization.people.models import Person
from personalization.people.purposes import Channel
from personalization.people.ways import Section


class NumberForm(forms.Form):
    """A mobile's number, of the country that is chosen unless it begins with another's code."""

    country = forms.ChoiceField(
        label=gettext_lazy("Country"),
        choices=lambda: phones.choices(get_language() or "en"),
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )
    number = forms.CharField(
        label=gettext_lazy("Mobile number"),
        max_length=phones.LONGEST,
        error_messages={"required": gettext_lazy("Write the number of your mobile.")},
        widget=forms.TextInput(
            attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "maxlength": 60}
        ),
    )

    def clean(self) -> dict[str, str]:
        """The number as networks have it."""
        said: dict[str, str] = super().clean() or {}
        if "number" in said and "country" in said:
            try:
                said["number"] = phones.checked(said["number"], said["country"])
            except ValidationError as error:
                self.add_error("number", error)
        return said


class CodeForm(forms.Form):
    """The code from the text."""

    code = forms.CharField(
        label=gettext_lazy("Code from the text message"),
        max_length=20,
        error_messages={"required": gettext_lazy("Write the six digits from the text message.")},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}
        ),
    )

    def clean_code(self) -> str:
        """Six digits, however they are set apart."""
        code = "".join(each for each in self.cleaned_data["code"] if each not in " -\u00a0")
        if len(code) != 6 or not code.isascii() or not code.isdigit():
            raise ValidationError(_("Write the six digits from the text message."))
        return code


@require_http_methods(["GET", "HEAD", "POST"])
def phone(request: HttpRequest) -> HttpResponse:
    """The number, or the code that is awaited; POST: have one texted."""
    if request.method != "POST":
        return _page(request, visitors.person_of(request))
    form = NumberForm(request.POST)
    person = _person(request)
    if person is None:
        return redirect("people:you")
    if not form.is_valid():
        return _page(request, person, number=form, status=422)
    if not phoning.may_ask(request, person):
        form.add_error("number", _("These were many codes already. Please try it in an hour."))
        return _page(request, person, number=form, status=429)
    phoning.ask(request=request, person=person, number=form.cleaned_data["number"])
    return redirect("own_messages:phone")


@require_POST
def code(request: HttpRequest) -> HttpResponse:
    """The code from the text: the number is theirs, or it is said how many tries are left."""
    person = visitors.person_of(request)
    form = CodeForm(request.POST)
    if person is None or phoning.pending(person) is None:
        return _over(request)
    if not form.is_valid():
        return _page(request, person, code=form, status=422)
    answer = phoning.prove(person=person, given=form.cleaned_data["code"])
    if answer.number:
        said = _("Your number is %s. Choose below what we may text you.")
        messages.success(request, said % phones.shown(answer.number))
        return redirect("people:you")
    if not answer.left:
        return _over(request)
    told = ngettext(
        "That is not the code. You have %(left)d more try.",
        "That is not the code. You have %(left)d more tries.",
        answer.left,
    )
    form.add_error("code", told % {"left": answer.left})
    return _page(request, person, code=form, status=422)


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Another code to the same number."""
    person = visitors.person_of(request)
    row = phoning.pending(person)
    if person is None or row is None:
        return _over(request)
    if not phoning.may_ask(request, person):
        form = CodeForm({})
        form.errors.clear()
        form.add_error("code", _("These were many codes already. Please try it in an hour."))
        return _page(request, person, code=form, status=429)
    phoning.ask(request=request, person=person, number=row.number)
    messages.success(request, _("We texted you a new code; the one before works no more."))
    return redirect("own_messages:phone")


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """They get no texts any more, and their number is gone."""
    person = visitors.person_of(request)
    if person is not None and phoning.remove(person=person):
        messages.success(request, _("Your number is deleted. You get no texts from us any more."))
    return redirect("people:you")


def section(request: HttpRequest, person: Person | None) -> Section:
    """The part of the page of what one allows."""
    return Section("personalization/messages/_phone.html", _context(request, person))


def _page(
    request: HttpRequest,
    person: Person | None,
    *,
    number: NumberForm | None = None,
    code: CodeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = _context(request, person)
    context["form"] = number or context["form"]
    context["code_form"] = code or CodeForm()
    if number is not None or "other" in request.GET:
        context["pending"] = None
    template = "personalization/messages/phone.html"
    response = render(request, template, {"section": context}, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _context(request: HttpRequest, person: Person | None) -> dict[str, object]:
    number = contacts.address_of(person, Channel.SMS) if person is not None else ""
    row = phoning.pending(person)
    fact = profiles.facts_of(person).get("country") if person is not None else None
    home = phones.home(str(fact.value) if fact else "", get_language() or "en")
    return {
        "number": phones.shown(number) if number else "",
        "pending": {"number": phones.shown(row.number), "failed": row.failed} if row else None,
        "form": NumberForm(initial={"country": home}),
        "minutes": phoning.MINUTES,
    }


def _person(request: HttpRequest) -> Person | None:
    """Whoever gives a number: somebody from now on. None for people of the firm."""
    person = visitors.person_of(request, make=not request.user.is_authenticated)
    if person is None:
        messages.info(request, _("You are signed in as one of the firm’s people."))
    return person


def _over(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("That code works no more. Have a new one texted to you."))
    return redirect(f"{reverse('own_messages:phone')}?other")
