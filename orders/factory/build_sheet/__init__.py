"""The build sheet: the paper that goes with a work order through the shop."""

from orders.factory.build_sheet.sheet import Operation, Part, Sheet, draw, render

__all__ = ["Operation", "Part", "Sheet", "draw", "render"]
