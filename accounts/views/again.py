"""Ordering the same again, and taking it all along without an account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import limits, mails, reordering, summaries
from accounts.views.access import page
from accounts.views.data import ProofForm
from configurator.wizard.owning import own_designs, remember
from orders.models import OrderLine
from orders.owners import own_orders

MOST = 30  # links in a mail


@require_POST
def again(request: HttpRequest, token: str, n: int) -> HttpResponse:
    """Order a line again: as it was, or with a change; for whoever has the order's address."""
    rows = OrderLine.objects.select_related("specification")
    line = get_object_or_404(rows, order__token=token, position=n)
    try:
        design, asked = reordering.begin_again(line=line, language=get_language() or "en")
    except reordering.NotSold:
        messages.warning(request, _("This is not sold any more. Please write to us."))
        return redirect("orders:order", token)
    remember(request, design)
    if asked:
        messages.info(request, _("What you ordered has changed since. Please look what differs."))
        return redirect("wizard:design", design.pk)
    if request.POST.get("change"):
        return redirect("wizard:design", design.pk)
    return redirect("orders:review", design.pk)


@require_POST
def mail_links(request: HttpRequest) -> HttpResponse:
    """Mail the addresses of this browser's designs and orders, which open them anywhere."""
    form = ProofForm(request.POST)
    if not form.is_valid():
        return page(request, "accounts/mail_links.html", {"form": form}, status=422)
    email = form.cleaned_data["email"]
    designs = summaries.designs(own_designs(request)[:MOST])
    orders = list(own_orders(request)[:MOST])
    if designs or orders:
        if not limits.may_mail(request, email):
            return page(request, "429.html", {}, status=429)
        links = [
            *((d.name, reverse("wizard:design", args=[d.id])) for d in designs),
            *((o.number, reverse("orders:order", args=[o.token])) for o in orders),
        ]
        told = [(name, mails.absolute(path)) for name, path in links]
        subject = _("Your designs and orders")
        mails.post_template(to=email, subject=subject, template="links", links=told)
        messages.success(request, _("We mailed the links to %(email)s.") % {"email": email})
    return redirect("accounts:home")
