"""The admin pages of everything that a product is made of."""

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from modeltranslation.admin import TranslationStackedInline

from configurator.catalog.admin.base import FIELDS, KnownRows, PartOfProduct
from configurator.catalog.admin.coding import CodedFormSet
from configurator.catalog.admin.editing import table_url
from configurator.catalog.admin.fields import WrittenFields
from configurator.catalog.admin.forms import (
    ChoiceForm,
    DesignCaseForm,
    InspirationForm,
    NamedForm,
    OptionForm,
    PriceRuleForm,
    RuleForm,
)
from configurator.catalog.admin.making_forms import LayerForm, OperationForm, PartForm
from configurator.catalog.admin.plain import TextsAdmin
from configurator.catalog.admin.recording import Recorded
from configurator.catalog.admin.seeing import SEEN
from configurator.catalog.admin.trying import names_of, try_view, values_view
from configurator.catalog.models import (
    Choice,
    DesignCase,
    Inspiration,
    Layer,
    LayerFile,
    Operation,
    Option,
    Part,
    PriceRule,
    Product,
    Rule,
    Step,
    WorkCenter,
)

NEW_CHOICES = 100
INLINE = 24
"""So many choices are edited in the form of their option."""

if TYPE_CHECKING:
    ChoiceInlineBase = TranslationStackedInline[Any, Any]
else:
    ChoiceInlineBase = TranslationStackedInline


@admin.register(Step)
class StepAdmin(PartOfProduct, TextsAdmin):
    form = NamedForm
    list_display = ("name", "code", "product", "position")
    list_editable = ("position",)
    search_fields = ("code", "name_en")
    fields = ("product", "name", "help", "code", "position")


class ChoiceInline(WrittenFields, ChoiceInlineBase):
    model = Choice
    form = ChoiceForm
    formset = CodedFormSet
    extra = 0
    formfield_overrides = FIELDS
    fields: ClassVar[Any] = (
        *("name", "help", "swatch", "image", "price", "lead_days", "attributes"),
        *("needs", "code", "position", SEEN),
    )

    def get_formset(
        self, request: HttpRequest, obj: Option | None = None, **kwargs: Any
    ) -> "type[BaseInlineFormSet[Any, Any, Any]]":
        """A hundred new choices at a time: thousands of forms would hold the database."""
        most = (obj.choices.count() if obj else 0) + NEW_CHOICES
        kwargs.update(max_num=most, absolute_max=most)
        return super().get_formset(request, obj, **kwargs)


@admin.register(Option)
class OptionAdmin(PartOfProduct, TextsAdmin):
    form = OptionForm
    change_form_template = "admin/catalog/option/change_form.html"
    list_display = ("name", "code", "kind", "step", "product", "position")
    list_select_related = ("product", "step")
    list_filter = ("product", "kind")
    list_editable = ("position",)
    search_fields = ("code", "name_en")
    ordering = ("product", "step__position", "position")
    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["product", "step", "name", "help", "kind", "control", "code"]}),
        (_("When and how much"), {"fields": ["when", "price", "lead_days", "needs", "position"]}),
        (
            _("Numbers"),
            {"fields": ["unit", "minimum", "maximum", "step_size"], "classes": ["collapse"]},
        ),
        (
            _("Texts"),
            {
                "fields": ["required", "max_length", "characters", "placeholder"],
                "classes": ["collapse"],
            },
        ),
        (
            _("Files"),
            {"fields": ["accept", "max_megabytes", "minimum_pixels"], "classes": ["collapse"]},
        ),
    ]

    def get_urls(self) -> list[URLPattern]:
        return [table_url(self.admin_site), *super().get_urls()]

    def get_inlines(self, request: HttpRequest, obj: Option | None) -> list[Any]:
        """Choices with the option where they are few; else in their table."""
        many = obj is not None and obj.choices.count() > INLINE
        return [] if many else [ChoiceInline]


@admin.register(Choice)
class ChoiceAdmin(PartOfProduct, TextsAdmin):
    """One choice with all that it says; new ones are added to their option."""

    product_path = "option__product"

    form = ChoiceForm
    list_display = ("name", "code", "option", "price", "lead_days", "position")
    list_filter = ("option__product",)
    list_select_related = ("option",)
    search_fields = ("code", "name_en")
    fields = (
        *("option", "name", "help", "swatch", "image", "price", "lead_days"),
        *("attributes", "needs", "code", "position"),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A choice stays with its option."""
        return ("option",) if obj else ()


@admin.register(Rule)
class RuleAdmin(PartOfProduct, TextsAdmin):
    form = RuleForm
    list_display = ("code", "kind", "text", "product")
    list_filter = ("product", "kind")
    search_fields = ("code", "text", "message_en")
    fields = ("product", "kind", "text", "table", "message", "code", "position")
    change_form_template = "admin/catalog/rule/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(
            require_POST(partial(try_view, self.admin_site, RuleForm))
        )
        new = path("try/", view, name="catalog_rule_try_new")
        known = path("<int:object_id>/try/", view, name="catalog_rule_try")
        values = self.admin_site.admin_view(partial(values_view, self.admin_site))
        of = path("values/<int:option_id>/", values, name="catalog_rule_values")
        return [new, known, of, *super().get_urls()]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """With what a rule of this product can speak of."""
        product = Product.objects.filter(pk=self._product_id(request) or 0).first()
        known = object_id is not None and object_id.isdecimal()
        address = "admin:catalog_rule_try" if known else "admin:catalog_rule_try_new"
        context = {
            **(extra_context or {}),
            "names": names_of(product) if product else [],
            "try_url": reverse(address, args=[object_id] if known else []),
        }
        return super().changeform_view(request, object_id, form_url, context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *more: Any, **named: Any
    ) -> HttpResponse:
        """With the cells of the table that are wrong."""
        wrong = getattr(context["adminform"].form, "wrong_cells", [])
        context["wrong_cells"] = [vars(each) for each in wrong]
        return super().render_change_form(request, context, *more, **named)


@admin.register(PriceRule)
class PriceRuleAdmin(PartOfProduct, TextsAdmin):
    form = PriceRuleForm
    list_display = ("label", "code", "when", "amount", "product")
    search_fields = ("code", "label_en")
    fields = ("product", "label", "when", "amount", "code", "position")


@admin.register(Part)
class PartAdmin(PartOfProduct, TextsAdmin):
    form = PartForm
    list_display = ("number", "name", "quantity", "unit", "when", "bin", "product")
    list_display_links = ("number", "name")
    search_fields = ("code", "number", "name_en", "bin")
    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["product", "name", "number", "material", "bin", "code", "position"]}),
        (_("How many"), {"fields": ["when", "quantity", "unit"]}),
        (_("Cut list"), {"fields": ["cut_length", "cut_width", "cut_thickness"]}),
        (_("In the factory"), {"fields": ["operation", "scrap", "lead_days", "stock", "cost"]}),
    ]


@admin.register(Operation)
class OperationAdmin(PartOfProduct, TextsAdmin):
    form = OperationForm
    list_display = ("name", "work_center", "setup_minutes", "run_minutes", "when", "product")
    list_select_related = ("product", "work_center")
    list_filter = ("product", "work_center")
    search_fields = ("code", "name_en")
    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["product", "name", "work_center", "code", "position"]}),
        (_("When and how long"), {"fields": ["when", "setup_minutes", "run_minutes"]}),
        (_("After which"), {"fields": ["predecessors"]}),
        (_("At the bench"), {"fields": ["instructions", "checks", "tooling", "pictures"]}),
    ]


@admin.register(Layer)
class LayerAdmin(PartOfProduct):
    form = LayerForm
    list_display = ("code", "when", "product", "position")
    list_editable = ("position",)
    search_fields = ("code",)
    fields = ("product", "code", "when", "spec", "position")


@admin.register(LayerFile)
class LayerFileAdmin(PartOfProduct):
    """Files come with an import; here they can be looked up."""

    list_display = ("path", "sha", "product")
    search_fields = ("path",)

    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False


@admin.register(Inspiration)
class InspirationAdmin(PartOfProduct, TextsAdmin):
    form = InspirationForm
    list_display = ("name", "code", "product", "position")
    list_editable = ("position",)
    search_fields = ("code", "name_en")
    fields = ("product", "name", "text", "design", "code", "position")


@admin.register(DesignCase)
class DesignCaseAdmin(PartOfProduct):
    form = DesignCaseForm
    list_display = ("name", "possible", "price", "product", "by", "made_at")
    list_filter = ("product", "possible")
    search_fields = ("name",)
    fields = ("product", "name", "choices", "texts", "possible", "price", "parts")

    def save_model(self, request: HttpRequest, obj: DesignCase, form: Any, change: bool) -> None:
        obj.by = obj.by or request.user.get_username()[:150]
        super().save_model(request, obj, form, change)


@admin.register(WorkCenter)
class WorkCenterAdmin(Recorded, KnownRows, TextsAdmin):
    form = NamedForm
    list_display = ("name", "code", "stations", "efficiency", "hours", "country")
    search_fields = ("code", "name_en")
    fields = (
        "name",
        "code",
        "hourly_cost",
        "cost_currency",
    )  # leads say when work is done there (configurator/capacity)
