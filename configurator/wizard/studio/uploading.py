"""The pages on which picture files are brought in: chosen, looked over, and kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from PIL import Image

from configurator.catalog.drafts import read_content
from configurator.catalog.editing.changes import changing
from configurator.catalog.media import place_of
from configurator.catalog.models import Product
from configurator.wizard.studio import files
from configurator.wizard.studio.files import Batch
from configurator.wizard.studio.matching import Matcher, Target
from configurator.wizard.studio.views import design_of, language, product_or_404

MOST_CHOICES = 600
"""So many places are offered for a file; of a larger product only the one that was found."""
SMALL = (128, 96)


def upload(site: AdminSite, request: HttpRequest, product_id: int) -> HttpResponse:
    """Show where the files that were chosen would go; with a ticket, keep them there."""
    row = product_or_404(request, product_id)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    cards = request.POST.get("kind") == "cards"
    content = read_content(row)
    if "ticket" in request.POST:
        stored = files.read_ticket(request.POST["ticket"])
        if stored is None:
            messages.error(request, _("That took too long. Please choose the files again."))
            return _back(request, row)
        batch = files.decided(stored, request.POST.getlist("target"), content, cards=cards)
        if any(each.problem for each in batch.rows):
            return _page(site, request, row, batch, 422)
        return _keep(request, row, batch)
    chosen = [each for each in request.FILES.getlist("files") if isinstance(each, UploadedFile)]
    if not chosen:
        messages.error(request, _("Choose one or more picture files first."))
        return _back(request, row)
    batch = files.receive(chosen, content, cards=cards)
    return _page(site, request, row, batch, 200)


def _keep(request: HttpRequest, row: Product, batch: Batch) -> HttpResponse:
    with changing(user=request.user, note=gettext_noop("picture files brought in")) as change:
        kept = files.keep(change, product=row, batch=batch)
    said = ngettext(
        "%(count)s picture file was kept.", "%(count)s picture files were kept.", kept.files
    ) % {"count": kept.files}
    if kept.layers:
        new = _("New layers: %(codes)s.") % {"codes": ", ".join(kept.layers)}
        said = f"{said} {new}"
    messages.success(request, said)
    return _back(request, row)


def _back(request: HttpRequest, row: Product) -> HttpResponse:
    asked = design_of(request)
    response = redirect("admin:catalog_product_pictures", row.pk)
    response["Location"] += f"?{asked.urlencode()}" if asked else ""
    return response


def _page(
    site: AdminSite, request: HttpRequest, row: Product, batch: Batch, status: int
) -> HttpResponse:
    content = read_content(row)
    known = set(content["files"])
    labels = Matcher(content, cards=batch.cards).labels(language())
    offered = labels if len(labels) * len(batch.rows) <= MOST_CHOICES * 20 else {}
    own = Target("own").written()
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": _("Picture files for %(product)s") % {"product": row.name},
        "opts": Product._meta,
        "product": row,
        "batch": batch,
        "design": request.POST.get("design", ""),
        "refused": [each for each in batch.rows if each.stored is None],
        "lines": [_line(each, labels, offered, known) for each in batch.rows if each.stored],
        "others": {**({} if batch.cards else {own: _("a layer of its own")}), "skip": _("nowhere")},
    }
    return TemplateResponse(request, "admin/catalog/pictures/files.html", context, status=status)


def _line(
    row: files.Row, labels: dict[str, str], offered: dict[str, str], known: set[str]
) -> dict[str, Any]:
    assert row.stored is not None
    assert row.match is not None
    chosen = row.match.target.written()
    mine = {
        each.written(): labels.get(each.written(), "")
        for each in (row.match.target, *row.match.others, row.match.guess)
        if each is not None and each.written() in labels
    }
    return {
        "row": row,
        "replaces": row.match.target.how != "skip"
        and files.path_of(row.match.target, row.stored) in known,
        "chosen": chosen,
        "offered": list({**mine, **offered}.items()),
        "unknown": row.match.unknown,
        "guess": labels.get(row.match.guess.written(), "") if row.match.guess else "",
        "unclear": [labels.get(each.written(), "") for each in row.match.others],
    }


def thumb(
    site: AdminSite, request: HttpRequest, product_id: int, sha: str, suffix: str
) -> HttpResponse:
    """A small picture of a picture file, by its content's hash."""
    product_or_404(request, product_id)
    if (
        len(sha) != 64
        or not set(sha) <= set("0123456789abcdef")
        or suffix not in ("png", "jpg", "jpeg", "webp")
    ):
        raise Http404("no such file")
    path = Path(settings.MEDIA_ROOT) / place_of(sha, f"x.{suffix}")
    try:
        with Image.open(path, formats=("PNG", "JPEG", "WEBP")) as opened:
            image = opened.convert("RGBA")
    except OSError:
        raise Http404("no such file") from None
    image.thumbnail(SMALL)
    ground = Image.new("RGBA", image.size, "#e8e4de")
    response = HttpResponse(content_type="image/webp")
    Image.alpha_composite(ground, image).convert("RGB").save(response, "WEBP")  # type: ignore[arg-type]
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response
