"""The pages on which a file is uploaded, looked at, and made the draft of a product."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from configurator.catalog.comparing import Group
from configurator.catalog.doctor import examine
from configurator.catalog.gaps import Grade
from configurator.catalog.importing import uploads
from configurator.catalog.importing.drafting import Proposal, accept, propose
from configurator.catalog.importing.errors import FileProblem, ImportRefused
from configurator.catalog.importing.sources import KNOWN, placed
from configurator.catalog.models import Product
from configurator.catalog.problems import Problem
from configurator.catalog.publishing import ChangedMeanwhile
from configurator.catalog.roles import EDITING_PERMISSIONS
from configurator.catalog.wording import told

Admin = ModelAdmin[Product]
SHOWN = 200
"""How many errors, and differences in one respect, the page tells."""
LOGGED = 20
"""How many differences the history keeps."""


class UploadForm(forms.Form):
    """A file in one of the formats."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=200,
        error_messages={"required": gettext_lazy("Choose a file first.")},
        widget=forms.FileInput(attrs={"accept": ",".join(KNOWN)}),
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if not upload.name.lower().endswith(KNOWN):
            known = ", ".join(KNOWN)
            said = _("A product is read from a file that ends in %(known)s.") % {"known": known}
            raise forms.ValidationError(said)
        if upload.size > uploads.MOST_BYTES:
            most = uploads.MOST_BYTES // 1024 // 1024
            raise forms.ValidationError(_("The file is larger than %(most)s MB.") % {"most": most})
        return upload


def upload_view(admin: Admin, request: HttpRequest) -> HttpResponse:
    """Take a file, and lead on to what it would change."""
    _check_permission(request)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        key = uploads.keep_upload(upload=form.cleaned_data["file"], owner=_owner(request))
        return redirect("admin:catalog_product_imported", key)
    context = {**_frame(admin, request), "form": form}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "admin/catalog/product/import.html", context, status=status)


def imported_view(admin: Admin, request: HttpRequest, key: UUID) -> HttpResponse:
    """What the uploaded file would change; on POST, change it."""
    _check_permission(request)
    file = uploads.kept_upload(key, _owner(request))
    if file is None:
        messages.info(request, _("This upload is not kept anymore. Please choose the file again."))
        return redirect("admin:catalog_product_import")
    context: dict[str, Any] = {**_frame(admin, request), "file": file.name}
    status = 200
    try:
        proposal = propose(file=file)
        if "examined" in request.GET and request.method == "GET":
            return _examined(request, proposal, context)
        if request.method == "POST":
            base, by = request.POST.get("base", ""), request.user.get_username()
            product = accept(proposal=proposal, base=base, by=by)
            uploads.drop_upload(key, _owner(request))
            return _done(admin, request, proposal, product)
        context |= _proposed(proposal)
    except ImportRefused as refused:
        if _is_part(request):
            return HttpResponse(status=204)
        context |= {"problems": refused.problems[:SHOWN], "more": len(refused.problems) - SHOWN}
        status = 422
    except ChangedMeanwhile:
        context |= {**_proposed(propose(file=file)), "changed": True}
        status = 409
    return TemplateResponse(request, "admin/catalog/product/imported.html", context, status=status)


def _is_part(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers


def _examined(request: HttpRequest, proposal: Proposal, context: dict[str, Any]) -> HttpResponse:
    """What the doctor says of the file, before it is accepted; takes as long as an examination."""
    diagnosis = examine(proposal.content, cases=proposal.cases())
    grades: tuple[Grade, ...] = ("error", "warning")
    problems = [
        Problem(finding.path, told(finding.message), also=finding.causes)
        for grade in grades
        for finding in diagnosis.of(grade)
    ]
    errors = len(diagnosis.of("error"))
    lines = [FileProblem(*placed(proposal.source, problem)) for problem in problems]
    context |= {
        "examined": True,
        "errors": lines[:errors][:SHOWN],
        "warnings": lines[errors:][:SHOWN],
        "others": len(diagnosis.findings) - len(problems),
        "designs": None if diagnosis.designs is None else f"{diagnosis.designs:,}",
    }
    if not _is_part(request):
        context |= _proposed(proposal)
    name = "_import_examined" if _is_part(request) else "imported"
    return TemplateResponse(request, f"admin/catalog/product/{name}.html", context)


def _check_permission(request: HttpRequest) -> None:
    if not request.user.has_perms(EDITING_PERMISSIONS):
        raise PermissionDenied


def _owner(request: HttpRequest) -> int:
    assert request.user.pk is not None
    return int(request.user.pk)


def _frame(admin: Admin, request: HttpRequest) -> dict[str, Any]:
    return {
        **admin.admin_site.each_context(request),
        "title": _("Import a product"),
        "opts": Product._meta,
    }


def _proposed(proposal: Proposal) -> dict[str, Any]:
    content = proposal.content
    options = [option for step in content["steps"] for option in step["options"]]
    return {
        "proposal": proposal,
        "name": content["product"]["name"].get("en", content["product"]["slug"]),
        "slug": content["product"]["slug"],
        "differences": [_shortened(group) for group in proposal.differences],
        "counts": [
            (_("options"), len(options)),
            (_("choices"), sum(len(option["choices"]) for option in options)),
            (_("rules"), len(content["rules"])),
            (_("price rules"), len(content["prices"])),
            (_("parts"), len(content["parts"])),
            (_("operations"), len(content["operations"])),
            (_("picture files"), len(content["files"])),
        ],
    }


def _shortened(group: Group) -> Group:
    rest = len(group.lines) - SHOWN
    if rest <= 0:
        return group
    more = ngettext("… and %(count)s more.", "… and %(count)s more.", rest) % {"count": rest}
    return Group(group.name, (*group.lines[:SHOWN], more))


def _done(admin: Admin, request: HttpRequest, proposal: Proposal, product: Product) -> HttpResponse:
    told = [line for group in proposal.differences for line in group.lines]
    words = "; ".join(told[:LOGGED]) + ("; …" if len(told) > LOGGED else "")
    file = proposal.source.file.name
    if proposal.product is None:
        admin.log_addition(request, product, _("Imported from %(file)s.") % {"file": file})
        messages.success(request, _("“%(product)s” is a new draft.") % {"product": product})
    else:
        said = _("Imported from %(file)s: %(words)s") % {"file": file, "words": words}
        admin.log_change(request, product, said)
        messages.success(
            request,
            _("“%(product)s” is what the file says now. Publish it when you are ready.")
            % {"product": product},
        )
    return redirect("admin:catalog_product_change", product.pk)
