"""What people are asked, in the marketer's room: the words of today, and new ones."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from personalization.people import allowing, wordings
from personalization.people.marketers import marketer
from personalization.people.models import Wording
from personalization.people.purposes import ASKED, Purpose
from personalization.people.roles import WORD

LONGEST = 300


class WordingForm(forms.Form):
    """The words in each language, and whether everybody is asked anew."""

    asks_again = forms.BooleanField(
        label=gettext_lazy("Everybody is asked again"),
        required=False,
        help_text=gettext_lazy("A yes to an earlier wording counts no more."),
    )

    def __init__(self, *args: Any, now: Wording, **more: Any) -> None:
        super().__init__(*args, **more)
        self.now = now
        for code, name in settings.LANGUAGES:
            self.fields[f"text_{code}"] = forms.CharField(
                label=name,
                required=code == "en",
                max_length=LONGEST,
                initial=now.texts.get(code, ""),
                widget=forms.Textarea(attrs={"rows": 3, "lang": code, "class": "input"}),
            )
        self.order_fields([*(f"text_{code}" for code, _name in settings.LANGUAGES), "asks_again"])

    @property
    def texts(self) -> dict[str, str]:
        """By language; those without words are told in English."""
        said = {code: self.cleaned_data[f"text_{code}"] for code, _name in settings.LANGUAGES}
        return {code: text for code, text in said.items() if text}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and self.texts == self.now.texts and not cleaned.get("asks_again"):
            raise forms.ValidationError(_("These are the words of today."))
        return cleaned


@require_safe
@marketer()
def listed(request: HttpRequest) -> HttpResponse:
    """What is asked for each purpose today."""
    rows = [
        {"purpose": purpose, "wording": now, "texts": _texts(now)}
        for purpose in ASKED
        for now in [wordings.current(purpose)]
    ]
    return render(request, "people/wordings.html", {"rows": rows})


def _texts(wording: Wording) -> list[tuple[str, str, str]]:
    """The language's code and name, and the words."""
    return [
        (code, str(name), wording.texts[code])
        for code, name in settings.LANGUAGES
        if wording.texts.get(code)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@marketer()
def wording(request: HttpRequest, purpose: str) -> HttpResponse:
    """All versions of a purpose's words; publishing new ones, for who may."""
    if purpose not in ASKED:
        raise Http404("nobody is asked about it")
    may = request.user.has_perm(WORD)
    now = wordings.current(purpose)
    posted = request.method == "POST" and may
    form = WordingForm(request.POST if posted else None, now=now)
    if posted and form.is_valid():
        again = form.cleaned_data["asks_again"]
        wordings.publish(purpose=purpose, texts=form.texts, asks_again=again)
        messages.success(request, _("These words are asked from now on."))
        return redirect("wordings:one", purpose)
    context = {
        "purpose": Purpose(purpose),
        "form": form if may else None,
        "allowing": [
            (channel.label, len(allowing.everybody(purpose, channel)))
            for channel in ASKED[Purpose(purpose)]
        ],
        "versions": [(each, _texts(each)) for each in Wording.objects.filter(purpose=purpose)],
    }
    status = 403 if request.method == "POST" and not may else 422 if posted else 200
    return render(request, "people/wording.html", context, status=status)
