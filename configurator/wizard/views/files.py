"""Artwork: uploading it, and showing it small."""

import io
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from PIL import Image

from configurator.catalog.configuration import Configuration
from configurator.catalog.placements import placement_of, sha_of, written
from configurator.catalog.queries import released
from configurator.catalog.released import ReleasedProduct
from configurator.wizard import services
from configurator.wizard.answers import completed
from configurator.wizard.entering import option_of
from configurator.wizard.errors import BadInput
from configurator.wizard.models import Artwork
from configurator.wizard.preview import artwork_path
from configurator.wizard.preview.anchors import anchor_of
from configurator.wizard.preview.placed import cleared, cropped
from configurator.wizard.proofing import inks_used
from configurator.wizard.queries import design_or_404
from configurator.wizard.services import Edit, Outcome
from configurator.wizard.uploads import store_artwork
from configurator.wizard.views.actions import perform
from configurator.wizard.views.responding import only

THUMB = 240
CUT = 480  # px of what is dragged on the picture
SHARP = 1000


@only("POST")
def upload(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Give an option its artwork: a `file`, or again one by its reference (`value`)."""
    option = request.POST.get("option", "")
    again = request.POST.get("value", "")

    def act(edit: Edit, product: ReleasedProduct) -> Outcome:
        if again:
            option_of(product, option, "file")
            if not Artwork.objects.filter(sha=sha_of(again)[:64]).exists():
                raise BadInput(option, "", _("This picture is not there any more."))
            reference = written(sha_of(again), placement_of(again))
            return services.attach_file(edit=edit, option=option, sha=reference)
        sha = store_artwork(
            product=product,
            design_id=design_id,
            option=option,
            upload=request.FILES.get("file"),
            session=request.session,
            address=request.META.get("REMOTE_ADDR", ""),
        )
        return services.attach_file(edit=edit, option=option, sha=sha)

    return perform(request, design_id, act, option)


@only("GET")
def artwork(request: HttpRequest, design_id: UUID, option: str) -> HttpResponse:
    """The artwork of an option, small, for whoever holds the design.

    `cut`: as it is placed, cropped and without its ground; `whole`: larger, to be cropped; `ink`:
    the plate of one of its inks.
    """
    design = design_or_404(design_id)
    state = Configuration.from_json(design.state)
    reference = state.files.get(option)
    if reference is None:
        raise Http404("no such artwork")
    try:
        if request.GET.get("ink"):
            data = _plate(released(design.release_id), state, option, request.GET["ink"])
        else:
            whole = CUT if request.GET.get("whole") else THUMB
            data = _thumb(reference, cut=bool(request.GET.get("cut")), size=whole)
    except (OSError, ValueError, IndexError):
        raise Http404("no such artwork") from None
    response = HttpResponse(data, content_type="image/png")
    patch_cache_control(response, private=True, max_age=86400)
    return response


def _thumb(reference: str, *, cut: bool, size: int = THUMB) -> bytes:
    if cut:
        small = cropped(cleared(reference, sharp=SHARP), placement_of(reference))
        small.thumbnail((CUT, CUT))
        return _png(small)
    with Image.open(artwork_path(sha_of(reference))) as image:
        small = image.convert("RGBA")
    small.thumbnail((size, size))
    return _png(small)


def _plate(product: ReleasedProduct, state: Configuration, option: str, number: str) -> bytes:
    """Where one ink lies: in its color, on nothing. IndexError for an ink that there is not."""
    anchor = anchor_of(product, completed(product, state), option)
    used = inks_used(state.files[option], anchor.inks) if anchor and anchor.inks else ()
    place = int(number) - 1 if number.isascii() and number.isdigit() and len(number) < 3 else -1
    if not 0 <= place < len(used):
        raise IndexError(number)
    plate = used[place]
    shown = Image.new("RGBA", plate.mask.size, (*plate.color, 255))
    shown.putalpha(plate.mask)
    shown.thumbnail((THUMB, THUMB))
    return _png(shown)


def _png(image: Image.Image) -> bytes:
    to = io.BytesIO()
    image.save(to, "PNG")
    return to.getvalue()
