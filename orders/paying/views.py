"""To the page where an order is paid, back from it, and the door for the provider's messages."""

from decimal import Decimal

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from orders.models import Order
from orders.money import say_money
from orders.pages import locale
from orders.papers import store
from orders.papers.serving import pdf_response
from orders.paying import services
from orders.paying.models import Invoice, Payment, SandboxSession
from orders.paying.providers import Forged, ProviderError, provider
from orders.paying.sandbox import service as pretended


def _open(order: Order) -> Payment | None:
    return order.payments.filter(state=Payment.State.OPEN).order_by("began_at").first()


@require_GET
def pay(request: HttpRequest, token: str) -> HttpResponse:
    """Leads on to the provider's page; says so if it can't be reached."""
    order = get_object_or_404(Order, token=token)
    payment = _open(order)
    if payment is None:
        return redirect("orders:order", token)
    payment.order = order
    try:
        page = services.page_of(payment)
    except ProviderError:
        return _pay_page(request, payment, "", status=503)
    return _pay_page(request, payment, page) if page else redirect("orders:order", token)


def _pay_page(request: HttpRequest, payment: Payment, page: str, status: int = 200) -> HttpResponse:
    context = {
        "order": payment.order,
        "amount": say_money(payment.amount, payment.currency, locale()),
        "way": provider(payment.way).name,
        "page": page,
    }
    response = render(request, "paying/pay.html", context, status=status)
    patch_cache_control(response, no_store=True)
    return response


@require_GET
def back(request: HttpRequest, token: str) -> HttpResponse:
    """From the provider's page: asks how it stands, since its message may come later."""
    order = get_object_or_404(Order, token=token)
    for payment in order.payments.filter(state=Payment.State.OPEN).exclude(reference=""):
        try:
            services.look(payment)
        except ProviderError:
            break
    return redirect("orders:order", token)


@require_GET
def invoice(request: HttpRequest, token: str) -> HttpResponse:
    """The invoice as a PDF, once it is printed."""
    found = get_object_or_404(Invoice, order__token=token)
    data = store.read(found.sha) if found.sha else None
    if data is None:
        raise Http404
    return pdf_response(data, found.number)


@csrf_exempt
@require_POST
def messages(request: HttpRequest, way: str) -> HttpResponse:
    """What a provider has to tell; signed."""
    try:
        outcome = services.hear(way, request.headers, request.body)
    except LookupError as error:
        raise Http404 from error
    except Forged:
        return JsonResponse({"error": "signature"}, status=400)
    return JsonResponse({"outcome": outcome})


@require_http_methods(["GET", "POST"])
def sandbox(request: HttpRequest, session_id: str) -> HttpResponse:
    """The page of the pretended provider, which belongs to no shop."""
    if settings.CARD_URL or not settings.CARD_SANDBOX:
        raise Http404
    session = get_object_or_404(SandboxSession, pk=session_id)
    if request.method == "POST":
        if "pay" in request.POST:
            session = pretended.pay(session.pk)
            if "silent" not in request.POST:
                signed, body = pretended.message(session, f"session.{session.state}")
                services.hear("card", {"Signature": signed}, body)
        return redirect(session.return_url)
    context = {
        "session": session,
        "firm": settings.FIRM_NAME,
        "amount": say_money(Decimal(session.amount) / 100, session.currency, locale()),
    }
    return render(request, "paying/sandbox.html", context)
