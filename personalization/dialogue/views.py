"""Customers' pages: asking where one is, the talk, what others said, single choices."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from configurator.catalog.models import Product
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.wizard.models import Design
from orders.models import OrderLine
from personalization.dialogue import asking, limits, naming, pages
from personalization.dialogue.asking import About, Asker
from personalization.dialogue.models import Thread
from personalization.people import visitors

TOO_MANY = 429
ASK = require_http_methods(["GET", "HEAD", "POST"])


def private(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    return response


def product_or_404(slug: str) -> Product:
    """A product that is published."""
    return get_object_or_404(Product.objects.filter(releases__live=True).distinct(), slug=slug)


@ASK
def ask_product(request: HttpRequest, slug: str) -> HttpResponse:
    """A question about a product."""
    product = product_or_404(slug)
    return _ask(request, About(product), reverse("wizard:product", args=[slug]), [])


@ASK
def ask_design(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """A question about a design as it is now, and what was asked about it and answered."""
    design = get_object_or_404(Design.objects.select_related("release__product"), pk=design_id)
    about = About(design.release.product, design=design)
    talks = pages.of_design(design, _locale())
    return _ask(request, about, reverse("wizard:design", args=[design.pk]), talks)


@ASK
def ask_order(request: HttpRequest, token: str, n: int) -> HttpResponse:
    """A question about a line of an order, and what was asked about it and answered."""
    line = line_or_404(token, n)
    about = About(line.specification.release.product, design=line.design, line=line)
    talks = pages.of_order(line.order, _locale(), n)
    return _ask(request, about, reverse("orders:order", args=[token]), talks)


def line_or_404(token: str, n: int) -> OrderLine:
    rows = OrderLine.objects.select_related("order", "design", "specification__release__product")
    return get_object_or_404(rows, order__token=token, position=n)


def _locale() -> str:
    return get_language() or "en"


def _ask(request: HttpRequest, about: About, back: str, talks: list[pages.Talk]) -> HttpResponse:
    wrong: dict[str, list[str]] = {}
    status = 200
    if request.method == "POST":
        if limits.may_write(request):
            try:
                thread = asking.ask(
                    about=_with_option(request, about),
                    words=request.POST.get("words", ""),
                    asker=asker_of(request, about),
                )
            except ValidationError as error:
                wrong, status = error.message_dict, 422
            else:
                messages.success(request, _("Thank you. We answer here, on this page."))
                return redirect("dialogue:talk", thread.token)
        else:
            wrong, status = {"words": [_slow_down()]}, TOO_MANY
    context = {
        "back": back,
        "product": _product_name(about),
        "options": _options(about),
        "talks": talks,
        "wrong": wrong,
        "said": _said(request, about),
        "has_order": about.line is not None,
    }
    page = render(request, "personalization/dialogue/ask.html", context, status=status)
    return private(page)


def _slow_down() -> str:
    return _("That was a lot in a short time. Please wait an hour; what you wrote is still here.")


def _said(request: HttpRequest, about: About) -> dict[str, str]:
    """What stands in the form: what was posted, else what is known."""
    source = request.POST if request.method == "POST" else request.GET
    known = {"option": source.get("option", "")[:60], "email": "", "author": "", "words": ""}
    if request.method == "POST":
        return {**{name: request.POST.get(name, "") for name in (*known, "public")}}
    if about.line is not None:
        known["email"] = about.line.order.email
    return known


def _with_option(request: HttpRequest, about: About) -> About:
    """The same about an option, with what is chosen there."""
    option = request.POST.get("option", "")
    if not option:
        return about
    value = ""
    if about.line is not None:
        chosen = {
            row["option"]: row["value"] for row in about.line.specification.content["choices"]
        }
        value = naming.text_of(chosen[option]) if option in chosen else ""
    elif about.design is not None:
        chosen = about.design.state.get("choices", {})
        value = naming.text_of(chosen[option]) if option in chosen else ""
    return About(about.product, about.design, about.line, option[:60], value[:60])


def asker_of(request: HttpRequest, about: About | None = None) -> Asker:
    return Asker(
        person=visitors.person_of(request, make=True),
        language=_locale(),
        email=request.POST.get("email", ""),
        author=request.POST.get("author", ""),
        public=bool(request.POST.get("public")),
    )


def _release(about: About) -> ReleasedProduct | None:
    return naming.release_of(Thread(product=about.product, design=about.design, line=about.line))


def _product_name(about: About) -> str:
    found = _release(about)
    return say(found.name, _locale()) if found else str(about.product.name)


def _options(about: About) -> list[tuple[str, str]]:
    found = _release(about)
    if found is None:
        return []
    return [(code, say(info.name, _locale())) for code, info in found.options.items()]


@ASK
def talk(request: HttpRequest, token: str) -> HttpResponse:
    """The talk, for who has its address; they can go on with it."""
    thread = _thread(token)
    wrong: dict[str, list[str]] = {}
    status = 200
    if request.method == "POST":
        if limits.may_write(request):
            try:
                asking.write_again(thread=thread, words=request.POST.get("words", ""))
            except ValidationError as error:
                wrong, status = error.message_dict, 422
            else:
                messages.success(request, _("Thank you. We answer here, on this page."))
                return redirect("dialogue:talk", token)
        else:
            wrong, status = {"words": [_slow_down()]}, TOO_MANY
    found = pages.talk_of(thread, _locale())
    context = {
        "talk": found,
        "back": _place_of(thread),
        "wrong": wrong,
        "words": request.POST.get("words", ""),
    }
    return private(render(request, "personalization/dialogue/talk.html", context, status=status))


def _thread(token: str) -> Thread:
    rows = Thread.objects.select_related("product", "design", "line__order", "voice", "release")
    return get_object_or_404(rows.prefetch_related("messages__by"), token=token)


def _place_of(thread: Thread) -> str:
    """Where it was asked."""
    if thread.line is not None:
        return reverse("orders:order", args=[thread.line.order.token])
    if thread.design_id is not None:
        return reverse("wizard:design", args=[thread.design_id])
    return reverse("wizard:product", args=[thread.product.slug])


@require_POST
def take_back(request: HttpRequest, token: str) -> HttpResponse:
    """The talk is gone."""
    thread = _thread(token)
    back = _place_of(thread)
    asking.take_back(thread=thread)
    messages.success(request, _("What you wrote is deleted."))
    return redirect(back)


@csrf_exempt
@ASK
def quiet(request: HttpRequest, token: str) -> HttpResponse:
    """No more mails about it: one click, or one POST by a mail program, which has no cookie."""
    thread = _thread(token)
    if request.method == "POST":
        asking.leave_in_peace(thread=thread)
    context = {"done": request.method == "POST", "quiet_url": request.path}
    return private(render(request, "personalization/dialogue/quiet.html", context))


@require_safe
def said(request: HttpRequest, slug: str) -> HttpResponse:
    """All that may be read about a product: reviews, questions and answers."""
    product = product_or_404(slug)
    page = Paginator(pages.public_of(product), pages.PER_PAGE).get_page(request.GET.get("page"))
    rows = Thread.objects.filter(pk__in=[each.pk for each in page]).order_by("-asked_at")
    live = naming.live(product)
    context = {
        "slug": slug,
        "product": say(live.name, _locale()) if live else product.name,
        "liked": pages.liked(product),
        "talks": pages.talks(rows, _locale()),
        "page": page,
    }
    return render(request, "personalization/dialogue/said.html", context)


@require_POST
def like_choices(request: HttpRequest, token: str, n: int) -> HttpResponse:
    """Stars for single choices of what arrived."""
    line = line_or_404(token, n)
    stars = {
        name.removeprefix("stars-"): _number(request.POST.get(name, ""))
        for name in request.POST
        if name.startswith("stars-")
    }
    try:
        if line.order.state != line.order.State.SHIPPED:
            raise ValidationError(_("Tell us how it is once it has arrived."))
        asking.like(line=line, stars=stars)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Thank you! You can change what you said here at any time."))
    return redirect("voices:say", token, n)


def _number(text: str) -> int:
    """The stars that were posted; -1 for what is no number of them."""
    return int(text) if text in ("0", "1", "2", "3", "4", "5") else -1
