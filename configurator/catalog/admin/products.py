"""The admin page of a product, and its publication."""

from functools import partial
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from configurator.catalog.admin import pages
from configurator.catalog.admin.base import FIELDS, KnownRows
from configurator.catalog.admin.doctor import PUBLISH, doctor_view
from configurator.catalog.admin.editing import workspace_urls
from configurator.catalog.admin.exchange import exchange_urls
from configurator.catalog.admin.exporting import EDIT
from configurator.catalog.admin.fields import WrittenFields
from configurator.catalog.admin.guide_grid import guide_view
from configurator.catalog.admin.guiding import GuidedProductForm
from configurator.catalog.admin.picturing import PLACES
from configurator.catalog.admin.plain import TextsAdmin
from configurator.catalog.admin.presence import company
from configurator.catalog.admin.publications import MomentForm, waiting
from configurator.catalog.admin.recording import Recorded
from configurator.catalog.admin.translations import missing_of
from configurator.catalog.comparing import compare
from configurator.catalog.content import canonical
from configurator.catalog.drafts import read_content
from configurator.catalog.models import Product, Release
from configurator.catalog.publications import begin
from configurator.catalog.publishing import PublishRefused
from configurator.catalog.roles import EDITING_PERMISSIONS
from configurator.catalog.spaces import present_limits
from configurator.catalog.wording import told

NOTES = 2_000
"""Characters that the notes of a release have at most."""
CONTENTS = (
    *("steps", "options", "rules", "price_rules", "parts", "operations", "inspirations", "layers"),
    *("layer_files", "cases", "publications", "releases"),
)


pages.PAGES.append(
    pages.ProductPage("guide", "guide/", guide_view, EDIT, gettext_lazy("Guide as a table"))
)


@admin.register(Product)
class ProductAdmin(WrittenFields, Recorded, KnownRows, TextsAdmin):
    form = GuidedProductForm
    list_display = (
        "name",
        "workspace",
        "slug",
        "live_release",
        "base_price",
        "currency",
        "position",
    )
    list_editable = ("position",)
    search_fields = ("slug", "name_en")
    prepopulated_fields: ClassVar[Any] = {"slug": ("name_en",)}
    formfield_overrides = FIELDS
    change_form_template = "admin/catalog/product/change_form.html"
    change_list_template = "admin/catalog/product/change_list.html"
    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["name", "slug", "tagline", "description", "position"]}),
        (
            gettext_lazy("Price and time"),
            {"fields": ["currency", "tax_rate", "base_price", "base_days"]},
        ),
        (
            gettext_lazy("Rush"),
            {"fields": ["rush_percent", "rush_amount"]},
        ),
        (gettext_lazy("Showcase"), {"fields": ["showcase"]}),
        (gettext_lazy("Guide as text"), {"fields": ["guide"], "classes": ["collapse"]}),
        (gettext_lazy("Coverage"), {"fields": ["coverage"]}),
        (gettext_lazy("Picture"), {"fields": list(PLACES), "classes": ["collapse"]}),
    ]

    @admin.display(description=gettext_lazy("live release"))
    def live_release(self, product: Product) -> str:
        live = product.releases.filter(live=True).only("number").first()
        return str(live.number) if live else "—"

    @admin.display(description=gettext_lazy("workspace"))
    def workspace(self, product: Product) -> str:
        address = reverse("admin:catalog_product_workspace", args=[product.pk])
        return format_html('<a href="{}">{}</a>', address, _("Steps, options and rules"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.publish_view)
        publishing = path("<int:product_id>/publish/", view, name="catalog_product_publish")
        examined = self.admin_site.admin_view(partial(doctor_view, self.admin_site))
        examining = path("<int:product_id>/examine/", examined, name="catalog_product_examine")
        more = [
            *workspace_urls(self.admin_site),
            *exchange_urls(self),
            *pages.routes(self.admin_site),
        ]
        return [publishing, examining, *more, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"may_import": request.user.has_perms(EDITING_PERMISSIONS)}
        return super().changelist_view(request, {**(extra_context or {}), **context})

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj is not None:
            context["contents"] = contents_of(obj)
            context["company"] = company(request, obj.pk, str(self.opts.verbose_name))
            context["pages"] = pages.links(request, obj.pk)
            context["missing"] = missing_of(obj)
            context["may_publish"] = request.user.has_perm(PUBLISH)
            context["may_edit"] = request.user.has_perm(EDIT)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_post_save_add(self, request: HttpRequest, obj: Product) -> HttpResponseRedirect:
        """What comes next is in the workspace."""
        return HttpResponseRedirect(reverse("admin:catalog_product_workspace", args=[obj.pk]))

    def response_post_save_change(self, request: HttpRequest, obj: Product) -> HttpResponseRedirect:
        if "_changelist_filters" in request.GET:
            return super().response_post_save_change(request, obj)
        return HttpResponseRedirect(reverse("admin:catalog_product_workspace", args=[obj.pk]))

    def publish_view(self, request: HttpRequest, product_id: int) -> HttpResponse:
        """Ask; then it is checked by a worker, unless it is refused at first sight."""
        product = get_object_or_404(Product, pk=product_id)
        if not request.user.has_perm(PUBLISH):
            raise PermissionDenied
        problems: list[str] = []
        form = MomentForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            notes, by = request.POST.get("notes", "").strip()[:NOTES], request.user.get_username()
            moment = form.cleaned_data["at"]
            try:
                asked = begin(product=product, by=by, notes=notes, goes_live_at=moment)
            except PublishRefused as refused:
                problems = [told(message) for message in refused.messages()]
            else:
                return redirect("admin:catalog_publication_change", asked.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Publish %(product)s") % {"product": product.name},
            "opts": self.model._meta,
            "product": product,
            "problems": problems,
            "form": form,
            "zone": timezone.get_current_timezone_name(),
            "limits": present_limits(),
            "waiting": waiting(product.pk),
            "notes": request.POST.get("notes", "")[:NOTES],
            **_state(product),
        }
        status = 422 if problems or form.errors else 200
        return TemplateResponse(
            request, "admin/catalog/product/publish.html", context, status=status
        )


def contents_of(product: Product) -> list[dict[str, Any]]:
    """What the product is made of: how many, and where to edit them."""
    found = []
    for name in CONTENTS:
        rows = getattr(product, name)
        model: type[Model] = rows.model
        lists = reverse(f"admin:catalog_{model._meta.model_name}_changelist")
        found.append(
            {
                "name": model._meta.verbose_name_plural,
                "count": rows.count(),
                "url": f"{lists}?product__id__exact={product.pk}",
            }
        )
    return found


def _live(product: Product) -> Release | None:
    return product.releases.filter(live=True).first()


def _state(product: Product) -> dict[str, Any]:
    """The live release, and what of it the rows say otherwise."""
    live = _live(product)
    if live is None:
        return {"live": None, "unchanged": False}
    content = read_content(product)
    return {
        "live": live,
        "unchanged": canonical(live.content) == canonical(content),
        "differences": compare(live.content, content),
    }
