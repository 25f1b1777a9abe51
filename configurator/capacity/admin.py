"""Working hours, closures and stock, for leads. The plan itself is only looked at here."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest

from configurator.capacity import stock
from configurator.capacity.changes import opening
from configurator.capacity.forms import ClosureForm, HoursForm, PlanForm, StockForm
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
from configurator.catalog.admin.base import KnownRows

if TYPE_CHECKING:
    Inline = admin.TabularInline[Any, Any]
else:
    Inline = admin.TabularInline


class Fixed:
    """Rows that come and go with the catalog or with orders."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


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
    list_display = ("number", "name", "on_hand", "reserved")
    search_fields = ("number", "name")
    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

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


@admin.register(StockMove)
class StockMoveAdmin(Fixed, KnownRows):
    list_display = ("at", "item", "kind", "quantity", "key", "by")
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
