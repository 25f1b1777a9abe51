"""Working hours, closures and stock, for leads. The plan itself is only looked at here."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from configurator.capacity import stock
from configurator.capacity.changes import opening
from configurator.capacity.forms import (
    ClosureForm,
    HoursForm,
    PlanForm,
    ReceiptForm,
    StockForm,
)
from configurator.capacity.history import Kind, Note, of_closure
from configurator.capacity.minutes import lock
from configurator.capacity.models import (
    Booking,
    Closure,
    Reservation,
    StockItem,
    StockMove,
    WorkCenterHours,
)
from configurator.capacity.replanning import Stale, apply, effect_of
from configurator.catalog.admin.base import Fixed, KnownRows

if TYPE_CHECKING:
    Inline = admin.TabularInline[Any, Any]
else:
    Inline = admin.TabularInline


class Planned(KnownRows):
    """Saving brings the plan up to date in the same transaction."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        assert isinstance(form, PlanForm)
        assert form.effect is not None
        note = form.note(by=request.user)
        try:
            apply(form.change(), form.effect.version, obj.save, note=note)
        except Stale as stale:  # somebody planned in this very moment: once more, with theirs
            apply(form.change(), stale.effect.version, obj.save, note=note)


@admin.register(WorkCenterHours)
class HoursAdmin(Fixed, Planned):
    form = HoursForm
    list_display = ("name", "code", "hours", "stations", "efficiency", "country")
    readonly_fields = ("name", "code")
    fields = ("name", "code", "hours", "stations", "efficiency", "country", "version")


@admin.register(Closure)
class ClosureAdmin(Planned):
    form = ClosureForm
    list_display = ("first_day", "last_day", "work_center", "reason")
    list_filter = ("work_center",)
    list_select_related = ("work_center",)
    actions = None

    def delete_model(self, request: HttpRequest, obj: Closure) -> None:
        change, note = opening(obj), Note(Kind.OPEN, request.user, **of_closure(obj))
        apply(change, effect_of(change).version, obj.delete, note=note)


@admin.register(StockItem)
class StockItemAdmin(KnownRows):
    form = StockForm
    change_list_template = "admin/capacity/stockitem/change_list.html"
    change_form_template = "admin/capacity/stockitem/change_form.html"
    list_display = ("number", "name", "on_hand", "reserved")
    search_fields = ("number", "name")
    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.receive_view)
        return [path("receive/", view, name="capacity_stockitem_receive"), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {**(extra_context or {}), "may_receive": self.has_change_permission(request)}
        return super().changelist_view(request, context)

    def receive_view(self, request: HttpRequest) -> HttpResponse:
        """Parts that came in, added to what is there."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        given = {"number": request.GET.get("number", "")[:60], "mark": uuid4()}
        form = ReceiptForm(request.POST or None, initial=given)
        if request.method == "POST" and form.is_valid() and _received(request, form):
            return redirect("admin:capacity_stockitem_changelist")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Receive parts"),
            "form": form,
        }
        return TemplateResponse(request, "admin/capacity/stockitem/receive.html", context)

    def save_model(self, request: HttpRequest, obj: StockItem, form: Any, change: bool) -> None:
        """What is there changes only by a count, which the ledger keeps."""
        counted = obj.on_hand
        with transaction.atomic():
            lock()
            if not change:
                obj.on_hand = counted * 0
                obj.save()
            else:
                StockItem.objects.filter(pk=obj.pk).update(number=obj.number, name=obj.name)
            try:
                stock.count(number=obj.number, quantity=counted, by=request.user)
            except stock.NotThatMany:
                messages.error(request, str(obj))


def _received(request: HttpRequest, form: ReceiptForm) -> bool:
    """Whether it was; if not, the form says why."""
    try:
        item = stock.receive(by=request.user, **form.cleaned_data)
    except stock.NotThatMany as refusal:
        told = _("%(count)s are there already; so many more can't be true.")
        form.add_error("quantity", told % {"count": f"{refusal.item.on_hand.normalize():f}"})
        return False
    facts = {
        "number": item.number,
        "count": f"{item.on_hand.normalize():f}",
        "free": f"{(item.on_hand - item.reserved).normalize():f}",
    }
    told = _("Received. There are now %(count)s of %(number)s, %(free)s of them free.")
    messages.success(request, told % facts)
    return True


@admin.register(StockMove)
class StockMoveAdmin(Fixed, KnownRows):
    list_display = ("at", "item", "kind", "quantity", "key", "note", "by")
    list_filter = ("kind",)
    list_select_related = ("item", "by")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class BookingInline(Fixed, Inline):
    model = Booking
    extra = 0

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Reservation)
class ReservationAdmin(Fixed, KnownRows):
    list_display = ("key", "state", "quantity", "rush", "promised_on", "ready_on", "held_until")
    list_filter = ("state", "rush")
    exclude = ("holder", "routing", "whole", "made_of")
    inlines = (BookingInline,)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
