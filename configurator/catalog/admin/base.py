"""What the admin pages of a product's parts have in common."""

from typing import Any, ClassVar

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import ForeignKey
from django.forms import ModelChoiceField, Textarea
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from configurator.catalog.admin.fields import ReadableJSONField, WrittenFields
from configurator.catalog.admin.plain import PlainAdmin
from configurator.catalog.admin.presence import company
from configurator.catalog.admin.recording import Recorded
from configurator.catalog.admin.seeing import FormBase
from configurator.catalog.editing.changes import product_key
from configurator.catalog.models import Product, Step

FIELDS: dict[Any, dict[str, Any]] = {
    models.JSONField: {"form_class": ReadableJSONField},
    models.TextField: {"widget": Textarea(attrs={"rows": 3, "cols": 90})},
}


class NamedFields(FormBase):
    """Fields in the lines of a list, called by their column and their row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.setdefault("aria-label", f"{field.label}: {self.instance}")


class Fixed:
    """Rows that come and go with others, or from elsewhere: none is added or deleted here."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnly(Fixed):
    """Nothing is added, changed or deleted."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class KnownRows(PlainAdmin):
    """Actions leave out ticked rows whose keys can't be keys, where Django would fail."""

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_form(request, **{"form": NamedFields, **kwargs})

    def response_action(
        self, request: HttpRequest, queryset: models.QuerySet[Any], *more: Any, **named: Any
    ) -> Any:
        """Run the action on the rows that can be."""
        form = request.POST.copy()
        ticked = form.getlist(ACTION_CHECKBOX_NAME)
        form.setlist(ACTION_CHECKBOX_NAME, [key for key in ticked if self._is_key(key)])
        request.POST = form  # type: ignore[assignment]
        return super().response_action(request, queryset, *more, **named)

    def _is_key(self, key: str) -> bool:
        try:
            value = self.model._meta.pk.to_python(key)
        except ValidationError:
            return False
        return not isinstance(value, int) or 0 <= value < 2**63


def _page(row: models.Model | None, opts: Any) -> str:
    """What a page is about, as others are told."""
    return f"{opts.verbose_name} “{row}”" if row is not None else str(opts.verbose_name)


class PartOfProduct(WrittenFields, Recorded, KnownRows):
    """Rows that belong to a product: filtered by it, and with a way back to it."""

    product_path = "product"
    list_filter: ClassVar[Any] = ("product",)
    list_select_related: ClassVar[Any] = ("product",)
    list_per_page = 200
    save_on_top = True
    formfield_overrides = FIELDS
    change_form_template = "admin/catalog/part_of_product/change_form.html"
    change_list_template = "admin/catalog/part_of_product/change_list.html"

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "ModelChoiceField[Any] | None":
        """Steps of the same product only."""
        product = self._product_id(request)
        if db_field.name == "step" and product is not None:
            kwargs["queryset"] = Step.objects.filter(product_id=product)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new row comes after those that are there."""
        initial: dict[str, Any] = {**super().get_changeform_initial_data(request)}
        if "position" in {field.name for field in self.opts.fields}:
            mine = self.model._default_manager.filter(product=self._product_id(request) or 0)
            last = mine.order_by("-position").values_list("position", flat=True).first()
            initial.setdefault("position", 0 if last is None else last + 1)
        return initial

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *more: Any, **named: Any
    ) -> HttpResponse:
        """With the product that the row belongs to."""
        owner = Product.objects.filter(pk=self._product_id(request) or 0).first()
        context["owner"] = owner
        if owner is not None:
            context["company"] = company(request, owner.pk, _page(named.get("obj"), self.opts))
        return super().render_change_form(request, context, *more, **named)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return self._back(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return self._back(request, obj) or super().response_post_save_change(request, obj)

    def _back(self, request: HttpRequest, row: Any) -> HttpResponseRedirect | None:
        """To the row's place in the workspace; None for who came from a filtered list."""
        if "_changelist_filters" in request.GET:
            return None
        kind, key = self.opts.model_name, product_key(row)
        here = reverse("admin:catalog_product_workspace", args=[key])
        unfold = f"open={row.option_id}" if kind == "choice" else f"list={kind}"
        return HttpResponseRedirect(f"{here}?{unfold}#{kind}-{row.pk}")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Tell the page by which product it is filtered."""
        named = request.GET.get(f"{self.product_path}__id__exact", "")
        context = {**(extra_context or {}), "filtered_product": named if named.isdecimal() else ""}
        return super().changelist_view(request, context)

    def _product_id(self, request: HttpRequest) -> int | None:
        """The product of the row that the page is about, or that the address names."""
        match = request.resolver_match
        row = match.kwargs.get("object_id") if match else None
        if row and row.isdecimal():
            found = self.model._default_manager.filter(pk=row).values_list(
                self.product_path, flat=True
            )
            first: int | None = found.first()
            return first
        named = request.GET.get("product", "")
        return int(named) if named.isdecimal() else None
