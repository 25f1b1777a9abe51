"""Work orders to look at; they change only at the bench. What they take stays in the catalog."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from configurator.catalog.admin.base import ReadOnly
from configurator.catalog.admin.parts import PartAdmin
from configurator.catalog.admin.plain import TextsAdmin
from configurator.catalog.models import Part
from orders.factory.machine import OPEN
from orders.factory.models import Stage, WorkOrder, WorkOrderMove, WorkOrderOperation, WorkOrderPart


class _Lines(ReadOnly, admin.TabularInline[Any, WorkOrder]):
    extra = 0
    can_delete = False


class PartLines(_Lines):
    model = WorkOrderPart


class OperationLines(_Lines):
    model = WorkOrderOperation


class MoveLines(_Lines):
    model = WorkOrderMove


@admin.register(WorkOrder)
class WorkOrderAdmin(ReadOnly, admin.ModelAdmin[WorkOrder]):
    list_display = ("number", "state", "quantity", "due_on", "released_at", "finished_at")
    list_filter = ("state", "due_on")
    search_fields = ("number",)
    list_per_page = 50
    inlines = (PartLines, OperationLines, MoveLines)


@admin.register(Stage)
class StageAdmin(TextsAdmin):
    """What customers read of the making, by work center."""

    list_display = ("name", "position", "centers")
    list_editable = ("position",)
    filter_horizontal = ("work_centers",)

    @admin.display(description=gettext_lazy("work centers"))
    def centers(self, stage: Stage) -> str:
        return ", ".join(center.name for center in stage.work_centers.all())


NAMED = 20  # work orders that are named in a refusal


class UsedPartAdmin(PartAdmin):
    """As the catalog's, but what open work orders take is not deleted."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """With the work orders that stand against it."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, lacking, [*protected, *_users_of(objs)]


def _users_of(parts: Iterable[Part]) -> list[str]:
    told = _("Work order %(number)s takes it: finish or cancel it first.")
    numbers = {
        number
        for part in parts
        for number in WorkOrderPart.objects.filter(
            code=part.code,
            work_order__state__in=OPEN,
            work_order__specification__release__product=part.product_id,
        ).values_list("work_order__number", flat=True)[:NAMED]
    }
    return [told % {"number": number} for number in sorted(numbers)[:NAMED]]


admin.site.unregister(Part)
admin.site.register(Part, UsedPartAdmin)
