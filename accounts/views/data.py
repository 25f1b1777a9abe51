"""What is kept about me: as a file, or gone. Guests show by a mail that an address is theirs."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.core import signing
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import erasing, exporting, limits, mails
from accounts.models import DataRequest
from accounts.views.access import page
from configurator.wizard.owning import remembered
from orders.fields import check_mail_goes_out

SALT = "accounts.data"
HOUR = 3600


class ProofForm(forms.Form):
    """Whose data it is about."""

    email = forms.EmailField(
        label=gettext_lazy("Email"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        validators=[check_mail_goes_out],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def data(request: HttpRequest) -> HttpResponse:
    """What is kept and why; guests have a link mailed with which they show who they are."""
    if request.user.is_authenticated:
        context = {"staff": _is_staff(request), "proof": "", "email": request.user.email}
        return page(request, "accounts/data.html", context)
    form = ProofForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if not limits.may_mail(request, email):
            return page(request, "429.html", {}, status=429)
        proof = signing.dumps(email, salt=SALT)
        mails.post_template(
            to=email,
            subject=_("Your data"),
            template="data_proof",
            link=mails.absolute(reverse("accounts:data_proven", args=[proof])),
        )
        messages.success(request, _("We mailed a link to %(email)s.") % {"email": email})
        return redirect("accounts:data")
    status = 422 if request.method == "POST" else 200
    return page(request, "accounts/data.html", {"form": form, "proof": ""}, status=status)


@require_safe
def proven(request: HttpRequest, proof: str) -> HttpResponse:
    """The link from the mail: what can be done with the data of this address."""
    email = _email_of(proof)
    if email is None:
        return page(request, "accounts/data_expired.html", {}, status=410)
    return page(request, "accounts/data.html", {"proof": proof, "email": email})


def _email_of(proof: str) -> str | None:
    try:
        return str(signing.loads(proof, salt=SALT, max_age=HOUR))
    except signing.BadSignature:
        return None


@require_http_methods(["POST"])
def ask_export(request: HttpRequest) -> HttpResponse:
    """Have the file made."""
    asked = _asked(request, DataRequest.Kind.EXPORT)
    if asked is None:
        return page(request, "accounts/data_expired.html", {}, status=410)
    exporting.ask(asked)
    return redirect("accounts:export_page", asked.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(enabled=lambda request: request.user.is_authenticated)  # type: ignore[untyped-decorator]
def ask_erase(request: HttpRequest) -> HttpResponse:
    """Have everything deleted, after a question."""
    proof = request.POST.get("proof") or request.GET.get("proof", "")
    if _is_staff(request):
        raise Http404("people of the firm are looked after by its admin")
    if not request.user.is_authenticated and _email_of(proof) is None:
        return page(request, "accounts/data_expired.html", {}, status=410)
    unsure = request.method == "POST" and not request.POST.get("sure")
    if request.method != "POST" or unsure:
        email = request.user.email if request.user.is_authenticated else _email_of(proof)
        context = {"proof": proof, "unsure": unsure, "email": email}
        return page(request, "accounts/erase.html", context, status=422 if unsure else 200)
    asked = _asked(request, DataRequest.Kind.ERASE)
    if asked is None:
        return page(request, "accounts/data_expired.html", {}, status=410)
    erasing.ask(asked)
    logout(request)
    messages.success(request, _("Your data is being deleted. A last mail tells when it is done."))
    return redirect("wizard:home")


def _asked(request: HttpRequest, kind: DataRequest.Kind) -> DataRequest | None:
    """The request of whoever is signed in, or has shown by a mail who they are."""
    user = request.user if isinstance(request.user, User) else None
    email = user.email if user is not None else _email_of(request.POST.get("proof", ""))
    if email is None:
        return None
    return DataRequest.objects.create(
        kind=kind,
        user=user,
        email=email,
        language=get_language() or "en",
        designs=remembered(request),
    )


def _is_staff(request: HttpRequest) -> bool:
    user = request.user
    return isinstance(user, User) and (user.is_staff or user.groups.exists())


@require_safe
def export_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Whether the file is ready."""
    asked = get_object_or_404(DataRequest, pk=key, kind="export")
    return page(request, "accounts/export.html", {"asked": asked})


@require_safe
def export(request: HttpRequest, key: UUID) -> HttpResponse | FileResponse:
    """The file, for whoever has its address, for some days."""
    asked = get_object_or_404(DataRequest, pk=key, kind="export")
    path = exporting.path_of(asked)
    if asked.ready_at is None or asked.expires_at <= timezone.now() or not path.is_file():
        raise Http404("not there, or not any more")
    response = FileResponse(path.open("rb"), as_attachment=True, filename="my-data.zip")
    response["Cache-Control"] = "private, no-store"
    return response
