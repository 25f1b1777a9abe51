"""Texts handed to a translator as a file, and taken back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from configurator.catalog.importing import uploads
from configurator.catalog.importing.errors import ImportRefused
from configurator.catalog.models import Product
from configurator.catalog.publishing import ChangedMeanwhile
from configurator.catalog.translating.bringing import Proposal, bring_texts, propose_texts
from configurator.catalog.translating.files import CSV, MOST_BYTES, XLSX, write_csv, write_xlsx
from configurator.catalog.translating.queries import Wanted, all_texts

EDIT = "catalog.change_product"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 200
IN_MEMORY = 16 * 1024 * 1024


def download(product: Product, wanted: Wanted, kind: str) -> HttpResponseBase:
    """The texts as a file."""
    texts = all_texts(product, wanted)
    name = f"{product.slug}-texts"
    if kind == "csv":
        lines: Iterator[str] = write_csv(texts)
        answer: Any = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{name}{CSV}"'
    elif kind == "xlsx":
        file: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (handed over)
        write_xlsx(texts, file)
        file.seek(0)
        answer = FileResponse(
            file, as_attachment=True, filename=f"{name}{XLSX}", content_type=SHEETS
        )
    else:
        raise Http404
    answer["Cache-Control"] = "private, no-store"
    found: HttpResponseBase = answer
    return found


def upload_view(site: AdminSite, request: HttpRequest, product_id: int) -> HttpResponse:
    """Take a file, and lead on to what it would change."""
    product = _product(request, product_id)
    upload = request.FILES.get("file")
    if request.method != "POST":
        return redirect("admin:catalog_product_texts", product.pk)
    wrong = ""
    if upload is None:
        wrong = _("Choose a file first.")
    elif not (upload.name or "").lower().endswith((CSV, XLSX)):
        wrong = _("Texts are read from a file that ends in .csv or .xlsx.")
    elif (upload.size or 0) > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        wrong = _("The file is larger than %(most)s MB.") % {"most": most}
    if wrong or upload is None:
        messages.error(request, wrong)
        return redirect("admin:catalog_product_texts", product.pk)
    key = uploads.keep_upload(upload=upload, owner=_owner(request))
    return redirect("admin:catalog_product_texts_brought", product.pk, key)


def brought_view(site: AdminSite, request: HttpRequest, product_id: int, key: UUID) -> HttpResponse:
    """What the table would change; on POST, change it."""
    product = _product(request, product_id)
    file = uploads.kept_upload(key, _owner(request))
    if file is None:
        messages.info(request, _("This upload is not kept anymore. Please choose the file again."))
        return redirect("admin:catalog_product_texts", product.pk)
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": _("Translations of %(product)s") % {"product": product.name},
        "opts": Product._meta,
        "product": product,
        "file": file.name,
    }
    status = 200
    try:
        proposal = propose_texts(product=product, file=file, user=request.user)
        if request.method == "POST":
            base = request.POST.get("base", "")
            count = bring_texts(proposal=proposal, base=base, user=request.user)
            uploads.drop_upload(key, _owner(request))
            said = ngettext("%(count)s text was saved.", "%(count)s texts were saved.", count)
            messages.success(request, said % {"count": count})
            return redirect("admin:catalog_product_texts", product.pk)
    except ImportRefused as refused:
        context |= {"problems": refused.problems[:SHOWN], "more": len(refused.problems) - SHOWN}
        status = 422
    except ChangedMeanwhile:
        context |= {**_told(proposal), "changed": True}
        status = 409
    else:
        context |= _told(proposal)
    name = "admin/catalog/product/texts_brought.html"
    return TemplateResponse(request, name, context, status=status)


def _told(proposal: Proposal) -> dict[str, Any]:
    return {
        "proposal": proposal,
        "changes": proposal.changes[:SHOWN],
        "more": len(proposal.changes) - SHOWN,
        "moved": proposal.moved[:SHOWN],
    }


def _product(request: HttpRequest, product_id: int) -> Product:
    product = get_object_or_404(Product, pk=product_id)
    if not request.user.has_perm(EDIT):
        raise PermissionDenied
    return product


def _owner(request: HttpRequest) -> int:
    assert request.user.pk is not None
    return int(request.user.pk)
