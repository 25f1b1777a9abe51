"""Pictures of designs and products, cached for good: their addresses name what never changes."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

from configurator.catalog.configuration import Configuration
from configurator.catalog.models import Release
from configurator.catalog.queries import released
from configurator.catalog.released import ReleasedProduct
from configurator.wizard.answers import completed
from configurator.wizard.limits import Limits
from configurator.wizard.preview import picture_key, render_picture
from configurator.wizard.preview.accepting import best_format
from configurator.wizard.preview.rendering import Format, is_made
from configurator.wizard.queries import configuration_at, design_or_404
from configurator.wizard.screen import is_pictured
from configurator.wizard.thumbs import value_thumb
from configurator.wizard.timing import limited
from configurator.wizard.views.responding import LARGEST, SMALL, WIDTHS, only

FOREVER = "max-age=31536000, immutable"
FORMATS: dict[str, Format] = {"webp": "webp", "jpg": "jpeg", "jpeg": "jpeg", "png": "png"}
"""What addresses name. "webp" is WebP or what the browser takes instead."""


@only("GET")
def design_picture(
    request: HttpRequest, design_id: UUID, revision: int, suffix: str
) -> HttpResponse:
    """The picture of a design at a revision, `w` pixels wide."""
    design = design_or_404(design_id)
    product = released(design.release_id)
    state = configuration_at(design, revision)
    bounds = limited(Limits.from_json(design.limits), product, state, design)
    whole = completed(product, state, bounds)
    return picture_response(request, product, whole, suffix, "private")


@only("GET")
def product_picture(request: HttpRequest, slug: str, number: int, suffix: str) -> HttpResponse:
    """The picture of a release of a product before anything is chosen."""
    product = release_or_404(slug, number)
    return picture_response(request, product, product.showcase, suffix, "public")


@only("GET")
def inspiration_picture(
    request: HttpRequest, slug: str, number: int, code: str, suffix: str
) -> HttpResponse:
    """The picture of a design to begin with."""
    product = release_or_404(slug, number)
    shown = next((each.whole for each in product.inspirations if each.code == code), None)
    if shown is None:
        raise Http404("no such design")
    return picture_response(request, product, shown, suffix, "public")


@only("GET")
def value_picture(
    request: HttpRequest, slug: str, number: int, option: str, value: str
) -> HttpResponse:
    """What a value of an option looks like."""
    product = release_or_404(slug, number)
    try:
        data = value_thumb(product, option, value)
    except KeyError:
        raise Http404("no such value") from None
    response = HttpResponse(data, content_type="image/webp")
    response["Cache-Control"] = f"public, {FOREVER}"
    return response


def release_or_404(slug: str, number: int) -> ReleasedProduct:
    """A release of a product by its number, live or not."""
    found = Release.objects.filter(product__slug=slug, number=number)
    release_id = found.values_list("id", flat=True).first()
    if release_id is None:
        raise Http404("no such release")
    return released(release_id)


def picture_response(
    request: HttpRequest, product: ReleasedProduct, whole: Configuration, suffix: str, who: str
) -> HttpResponse:
    """The picture of a complete design; `who` ("public", "private") may keep it for good."""
    named = FORMATS.get(suffix)
    if named is None or not is_pictured(product):
        raise Http404("no such picture")
    width = width_of(request.GET.get("w", ""))
    view = request.GET.get("view", "")[:60]
    format = named
    if named == "webp":
        accept = request.headers.get("Accept", "")
        format = best_format(accept, lambda: is_made(product, whole, width, "avif", view))
    etag = f'"{picture_key(product, whole, view)}-{width}-{format}"'
    if etag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    else:
        data = render_picture(product, whole, width=width, format=format, view=view)
        response = HttpResponse(data, content_type=f"image/{format}")
    response["ETag"] = etag
    response["Cache-Control"] = f"{who}, {FOREVER}"
    if named == "webp":
        patch_vary_headers(response, ("Accept",))
    return response


def width_of(asked: str) -> int:
    """The next width that we make, so that nobody fills the disk with sizes."""
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 720
    return next((width for width in (SMALL, *WIDTHS, LARGEST) if width >= wanted), LARGEST)
