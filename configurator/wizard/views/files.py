"""Artwork: uploading it, and showing it small."""

import io
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from PIL import Image

from configurator.catalog.configuration import Configuration
from configurator.catalog.released import ReleasedProduct
from configurator.wizard import services
from configurator.wizard.entering import option_of
from configurator.wizard.errors import BadInput
from configurator.wizard.models import Artwork
from configurator.wizard.preview import artwork_path
from configurator.wizard.queries import design_or_404
from configurator.wizard.services import Edit, Outcome
from configurator.wizard.uploads import store_artwork
from configurator.wizard.views.actions import perform
from configurator.wizard.views.responding import only

THUMB = 240


@only("POST")
def upload(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Give an option its artwork: a `file`, or again one by its hash (`value`)."""
    option = request.POST.get("option", "")
    again = request.POST.get("value", "")

    def act(edit: Edit, product: ReleasedProduct) -> Outcome:
        if again:
            option_of(product, option, "file")
            if not Artwork.objects.filter(sha=again[:64]).exists():
                raise BadInput(option, "", _(_("This picture is not there any more.")))
            return services.attach_file(edit=edit, option=option, sha=again)
        sha = store_artwork(
            product=product,
            design_id=design_id,
            option=option,
            upload=request.FILES.get("file"),
            session=request.session,
        )
        return services.attach_file(edit=edit, option=option, sha=sha)

    return perform(request, design_id, act, option)


@only("GET")
def artwork(request: HttpRequest, design_id: UUID, option: str) -> HttpResponse:
    """The artwork of an option, small, for whoever holds the design."""
    files = Configuration.from_json(design_or_404(design_id).state).files
    sha = files.get(option)
    if sha is None:
        raise Http404("no such artwork")
    try:
        data = _thumb(sha)
    except (OSError, ValueError):
        raise Http404("no such artwork") from None
    response = HttpResponse(data, content_type="image/png")
    patch_cache_control(response, private=True, max_age=86400)
    return response


def _thumb(sha: str) -> bytes:
    with Image.open(artwork_path(sha)) as image:
        small = image.convert("RGBA")
    small.thumbnail((THUMB, THUMB))
    written = io.BytesIO()
    small.save(written, "PNG")
    return written.getvalue()
