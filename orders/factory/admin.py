"""Work orders to look at; they change only at the bench."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from orders.factory.models import WorkOrder, WorkOrderMove, WorkOrderOperation, WorkOrderPart


class _ReadOnly:
    """Nothing is added, changed or deleted."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class _Lines(_ReadOnly, admin.TabularInline[Any, WorkOrder]):
    extra = 0
    can_delete = False


class PartLines(_Lines):
    model = WorkOrderPart


class OperationLines(_Lines):
    model = WorkOrderOperation


class MoveLines(_Lines):
    model = WorkOrderMove


@admin.register(WorkOrder)
class WorkOrderAdmin(_ReadOnly, admin.ModelAdmin[WorkOrder]):
    list_display = ("number", "state", "quantity", "due_on", "released_at", "finished_at")
    list_filter = ("state", "due_on")
    search_fields = ("number",)
    list_per_page = 50
    inlines = (PartLines, OperationLines, MoveLines)
