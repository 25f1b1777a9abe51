"""The page of a product's pictures: the picture of a design with its layers, and their changes."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from configurator.catalog import layering
from configurator.catalog.content import Content, options_of
from configurator.catalog.editing.changes import Change, changing
from configurator.catalog.layering import LayerRefused
from configurator.catalog.models import Layer, Product
from configurator.catalog.texts import say
from configurator.wizard.preview import picture_key, render_picture
from configurator.wizard.preview.rendering import scene_of
from configurator.wizard.studio.asking import Shown, shown
from configurator.wizard.studio.contents import layers_of, size_of
from configurator.wizard.studio.drafts import Draft, drafted
from configurator.wizard.studio.forms import LayerForm, moved, written
from configurator.wizard.studio.stack import stack

CHANGE = "catalog.change_layer"
WIDTHS = (160, 320, 640, 960, 1440)
BEGIN = "begin"


@dataclass
class Opened:
    """What is open on the page: the form of a layer with its errors."""

    code: str = ""
    form: LayerForm | None = None
    said: str = ""
    status: int = 200


def product_or_404(request: HttpRequest, product_id: int) -> Product:
    """The product, for who may change its pictures."""
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    return get_object_or_404(Product, pk=product_id)


def language() -> str:
    return get_language() or "en"


def pictures(site: AdminSite, request: HttpRequest, product_id: int) -> HttpResponse:
    """The page, or (`X-Part: studio`) what changes on it."""
    row = product_or_404(request, product_id)
    opened = Opened(code=request.GET.get("edit", ""))
    return answer(site, request, row, request.GET, opened)


def answer(
    site: AdminSite, request: HttpRequest, row: Product, asked: QueryDict, opened: Opened
) -> HttpResponse:
    """The page for a design."""
    draft = drafted(row)
    seen = shown(draft, asked, language()) if draft.product is not None else None
    context: dict[str, Any] = {
        "product": row,
        "draft": draft,
        "shown": seen,
        "opened": opened,
        "lines": [
            {"line": line, "form": _form(draft, line.code, opened)}
            for line in stack(draft, seen, opened.code)
        ],
        "names": _names(draft.content),
        "picture": _picture(row, draft, seen) if seen is not None else None,
        "base": reverse("admin:catalog_product_pictures", args=[row.pk]),
        "rows": {layer.code: layer.pk for layer in row.layers.only("code", "pk")},
    }
    if request.headers.get("X-Part") == "studio":
        return TemplateResponse(
            request, "admin/catalog/pictures/_studio.html", context, status=opened.status
        )
    context |= site.each_context(request)
    context |= {
        "title": _("Pictures of %(product)s") % {"product": row.name},
        "opts": Product._meta,
    }
    return TemplateResponse(
        request, "admin/catalog/pictures/page.html", context, status=opened.status
    )


def _form(draft: Draft, code: str, opened: Opened) -> LayerForm | None:
    """The form of the layer that is open; the others come when they are asked for."""
    if opened.code != code:
        return None
    if opened.form is not None:
        return opened.form
    layer = _layer(draft.content, code)
    return None if layer is None else LayerForm(layer, draft.content, language())


def _layer(content: Content, code: str) -> Content | None:
    layers = layers_of(content)
    return next((each for each in layers if str(each["code"]) == code), None)


def _names(content: Content) -> dict[str, Any]:
    """What fields of layers can name."""
    options = options_of(content)
    colored = [o for o in options if any(choice["swatch"] for choice in o["choices"])]
    return {
        "paints": [(o["code"], say(o["name"], language())) for o in colored],
        "files": sorted(content["files"])[:1_000],
        "texts": [(o["code"], say(o["name"], language())) for o in options if o["kind"] == "text"],
        "artworks": [
            (o["code"], say(o["name"], language())) for o in options if o["kind"] == "file"
        ],
    }


def _picture(row: Product, draft: Draft, seen: Shown) -> dict[str, Any]:
    assert draft.product is not None
    scene = scene_of(draft.product)
    base = reverse("admin:catalog_product_picture", args=[row.pk])
    key = picture_key(draft.product, seen.configuration, seen.view)[:12]
    return {
        "src": f"{base}?w=960&v={key}&{seen.asked}",
        "layer": f"{base}?w=160&v={draft.sha[:12]}&{seen.asked}&only=",
        "width": scene.width,
        "height": scene.height,
    }


def drawn(site: AdminSite, request: HttpRequest, product_id: int) -> HttpResponse:
    """The picture of a design as the layers are now; `only` is the code of a single layer."""
    row = product_or_404(request, product_id)
    draft = drafted(row)
    if draft.product is None:
        raise Http404("it cannot be drawn")
    seen = shown(draft, request.GET, language())
    data = render_picture(
        draft.product,
        seen.configuration,
        width=width_of(request.GET.get("w", "")),
        view=seen.view,
        only=request.GET.get("only", "")[:80],
    )
    response = HttpResponse(data, content_type="image/webp")
    response["Cache-Control"] = "private, max-age=3600"
    return response


def width_of(asked: str) -> int:
    """The next width that we make."""
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 960
    return next((width for width in WIDTHS if width >= wanted), WIDTHS[-1])


def _changing(request: HttpRequest, note: str) -> AbstractContextManager[Change]:
    return changing(user=request.user, note=note)


def order(site: AdminSite, request: HttpRequest, product_id: int) -> HttpResponse:
    """Paint the layers in another order: `order` (all, front first), or one `up` or `down`."""
    row = product_or_404(request, product_id)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    codes = request.POST.getlist("order")
    with _changing(request, gettext_noop("moved")) as change:
        if codes:
            layering.order_layers(change, product=row, codes=codes[::-1])
        for field, by in (("up", 1), ("down", -1)):
            if code := request.POST.get(field):
                layering.move_layer(change, product=row, code=code, by=by)
    return done(site, request, row, _("Layers were put in another order."))


def layer(site: AdminSite, request: HttpRequest, product_id: int) -> HttpResponse:
    """Change one layer: `do` is save, place, add, remove."""
    row = product_or_404(request, product_id)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    acts = {
        "add-view": _add_view,
        "remove-view": _remove_view,
        "save": _save,
        "place": _place,
        "add": _add,
        "remove": _remove,
    }
    act = acts.get(request.POST.get("do", ""))
    if act is None:
        raise Http404("nothing to do")
    return act(site, request, row)


def _save(site: AdminSite, request: HttpRequest, row: Product) -> HttpResponse:
    """Write the fields of a layer."""
    code = request.POST.get("code", "")
    draft = drafted(row)
    spec = _layer(draft.content, code)
    if spec is None:
        said = _("The layer “%(code)s” is no longer there.") % {"code": code[:80]}
        return answer(site, request, row, design_of(request), Opened(said=said, status=409))
    form = LayerForm(spec, draft.content, language(), request.POST)
    seen = request.POST.get("seen", "")
    if form.is_valid() and seen and seen != form.seen:
        form.add_error(
            None, _("Somebody has changed this layer meanwhile. Save again to keep this.")
        )
    if form.is_valid():
        made = written(spec, form.cleaned_data)
        when = form.cleaned_data["when"].strip()
        try:
            with _changing(request, "") as change:
                layering.save_layer(change, product=row, code=code, when=when, spec=made)
        except LayerRefused as refused:
            form.told(refused)
        except Layer.DoesNotExist:
            form.add_error(None, _("The layer is no longer there."))
        else:
            said = _("The layer “%(code)s” was changed.") % {"code": code}
            return done(site, request, row, said)
    return answer(site, request, row, design_of(request), Opened(code, form, status=422))


def _place(site: AdminSite, request: HttpRequest, row: Product) -> HttpResponse:
    """Move a layer by `dx` and `dy`, and make it larger by `dw` and `dh`, scene pixels."""
    code = request.POST.get("code", "")
    spec = _layer(drafted(row).content, code)
    by = [_whole(request.POST.get(name, "0")) for name in ("dx", "dy", "dw", "dh")]
    if spec is None or None in by:
        said = _("The layer “%(code)s” could not be moved.") % {"code": code[:80]}
        return answer(site, request, row, design_of(request), Opened(said=said, status=422))
    made = moved(spec, [each or 0 for each in by])
    when = str(spec.get("when", ""))
    try:
        with _changing(request, gettext_noop("moved on the picture")) as change:
            layering.save_layer(change, product=row, code=code, when=when, spec=made)
    except (LayerRefused, Layer.DoesNotExist) as refused:
        opened = Opened(said=str(refused), status=422)
        return answer(site, request, row, design_of(request), opened)
    return done(site, request, row, _told(code, made, resized=bool(by[2] or by[3])))


def _told(code: str, spec: Content, *, resized: bool) -> str:
    """That a layer was moved or resized, and what its place or size is now."""
    part = spec.get("text") or spec.get("artwork") or spec
    at, size = part.get("at"), [part.get("max_width", "–"), part.get("size", "–")]
    if at is None:
        box = part.get("box") or []
        at, size = box[:2], box[2:4]
    said = {"code": code, "at": ", ".join(map(str, at)), "size": " × ".join(map(str, size))}
    if resized:
        return _("The layer “%(code)s” was made %(size)s large.") % said
    return _("The layer “%(code)s” was moved. It is at %(at)s now.") % said


def _whole(text: str) -> int | None:
    """A small whole number, or None."""
    digits = text.removeprefix("-")
    known = digits.isascii() and digits.isdigit() and len(digits) < 6
    return int(text) if known else None


def _add(site: AdminSite, request: HttpRequest, row: Product) -> HttpResponse:
    """A layer for a text or a picture of the customer, in the middle of the scene."""
    kind, _sep, option = request.POST.get("what", "").partition(":")
    content = drafted(row).content
    width, height = size_of(content)
    spec: Content
    if kind == "text":
        size = max(8, height // 20)
        at = [width // 2, height // 2]
        spec = {"text": {"option": option, "at": at, "size": size, "max_width": width // 2}}
    elif kind == "artwork":
        side = min(width, height) // 4
        box = [(width - side) // 2, (height - side) // 2, side, side]
        spec = {"artwork": {"option": option, "box": box}}
    else:
        raise Http404("no such kind of layer")
    try:
        with _changing(request, "") as change:
            made = layering.add_layer(change, product=row, code=option[:60] or kind, spec=spec)
    except LayerRefused as refused:
        opened = Opened(said=str(refused), status=422)
        return answer(site, request, row, design_of(request), opened)
    return done(
        site, request, row, _("The layer “%(code)s” was added.") % {"code": made.code}, made.code
    )


def _remove(site: AdminSite, request: HttpRequest, row: Product) -> HttpResponse:
    code = request.POST.get("code", "")[:80]
    with _changing(request, "") as change:
        layering.remove_layer(change, product=row, code=code)
    return done(site, request, row, _("The layer “%(code)s” was deleted.") % {"code": code})


MOST_VIEWS = 12


def _add_view(site: AdminSite, request: HttpRequest, row: Product) -> HttpResponse:
    name = " ".join(request.POST.get("name", "").split())[:60]
    known = len((row.picture or {}).get("views") or ())
    if not name or known >= MOST_VIEWS:
        said = _("Give the view a name.") if not name else _("There are enough views.")
        return answer(site, request, row, design_of(request), Opened(said=said, status=422))
    with _changing(request, "") as change:
        layering.add_view(change, product=row, name=name, language=language())
    return done(site, request, row, _("The view “%(name)s” was added.") % {"name": name})


def _remove_view(site: AdminSite, request: HttpRequest, row: Product) -> HttpResponse:
    code = request.POST.get("code", "")[:60]
    with _changing(request, "") as change:
        layering.remove_view(change, product=row, code=code)
    return done(site, request, row, _("The view “%(name)s” was deleted.") % {"name": code})


def design_of(request: HttpRequest) -> QueryDict:
    """The design that the page shows, which every form hands on."""
    return QueryDict(request.POST.get("design", "")[:20_000])


def done(
    site: AdminSite, request: HttpRequest, row: Product, said: str, edit: str = ""
) -> HttpResponse:
    """Note what was done, and show the page anew."""
    asked = design_of(request)
    if request.headers.get("X-Part") == "studio":
        return answer(site, request, row, asked, Opened(code=edit, said=said))
    messages.success(request, said)
    asked = asked.copy()
    if edit:
        asked["edit"] = edit
    response = redirect("admin:catalog_product_pictures", row.pk)
    response["Location"] += f"?{asked.urlencode()}" if asked else ""
    return response
