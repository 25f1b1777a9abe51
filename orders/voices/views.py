"""Saying how it is, and leaving; for whoever has the order's address."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from configurator.catalog.queries import released
from configurator.catalog.texts import say as in_language
from configurator.wizard.views.pictures import picture_response
from orders.factory import photos
from orders.factory.services import BadEntry
from orders.models import Order, OrderLine
from orders.voices import services, showing
from orders.voices.models import Voice


def _line(token: str, n: int) -> OrderLine:
    rows = OrderLine.objects.select_related("order", "specification")
    return get_object_or_404(rows, order__token=token, position=n)


@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, token: str, n: int) -> HttpResponse:
    """How is it? Stars, words and a photo."""
    line = _line(token, n)
    if line.order.state != Order.State.SHIPPED:
        messages.info(request, _("Tell us how it is once it has arrived."))
        return redirect("orders:order", token)
    if request.method != "POST":
        return _page(request, line, {})
    wrong: dict[str, str] = {}
    photo = ""
    try:
        photo = photos.keep(request.FILES.get("photo"))
    except BadEntry as error:
        wrong["photo"] = str(error)
    stars = request.POST.get("stars", "")
    try:
        if wrong:
            raise ValidationError({})
        services.say(
            line=line,
            stars=int(stars) if stars in ("1", "2", "3", "4", "5") else 0,
            words=request.POST.get("words", ""),
            author=request.POST.get("author", ""),
            photo=photo,
            public=bool(request.POST.get("public")),
            language=get_language() or "en",
        )
    except ValidationError as error:
        told = getattr(error, "error_dict", {})
        wrong |= {name: " ".join(ValidationError(each).messages) for name, each in told.items()}
        return _page(request, line, wrong, status=422)
    messages.success(request, _("Thank you! You can change what you said here at any time."))
    return redirect("orders:order", token)


def _page(
    request: HttpRequest, line: OrderLine, wrong: dict[str, str], status: int = 200
) -> HttpResponse:
    known = Voice.objects.filter(line=line).first()
    posted = request.method == "POST"
    said = {
        name: request.POST.get(name, "") if posted else str(getattr(known, name, "") or "")
        for name in ("stars", "words", "author")
    }
    said["public"] = (
        request.POST.get("public", "") if posted else ("1" if known and known.public else "")
    )
    name = line.specification.content["product"]["name"]
    context = {
        "line": line,
        "product": in_language(name, get_language() or "en"),
        "known": known,
        "said": said,
        "wrong": wrong,
        "stars": ["1", "2", "3", "4", "5"],
    }
    response = render(request, "voices/say.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_POST
def take_back(request: HttpRequest, token: str, n: int) -> HttpResponse:
    """What was said is gone."""
    services.take_back(line=_line(token, n))
    messages.success(request, _("What you said is deleted."))
    return redirect("orders:order", token)


@require_safe
def photo(request: HttpRequest, token: str, n: int) -> HttpResponse:
    """The photo that was sent along."""
    voice = get_object_or_404(Voice, line=_line(token, n))
    try:
        data = photos.path_of(voice.photo).read_bytes()
    except (OSError, ValueError):
        raise Http404(_("There is no such picture.")) from None
    response = HttpResponse(data, content_type="image/jpeg")
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture of what a customer got who lets others read what they say."""
    voice = get_object_or_404(showing.public(), pk=pk)
    product = released(voice.specification.release_id)
    return picture_response(request, product, showing.configuration_of(voice), "webp", "private")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def quiet(request: HttpRequest, token: str) -> HttpResponse:
    """Not to be asked any more: one click, or one POST by a mail program, which has no cookie."""
    order = get_object_or_404(Order, token=token)
    if request.method == "POST":
        services.leave_in_peace(order=order)
    context = {"order": order, "done": request.method == "POST"}
    return render(request, "voices/quiet.html", context)
