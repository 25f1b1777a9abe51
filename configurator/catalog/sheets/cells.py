"""Where things stand in a workbook."""

from dataclasses import dataclass, field
from typing import Any

from configurator.catalog.content import Path as Where
from configurator.catalog.importing.errors import FileProblem
from configurator.catalog.sheets import tables as t
from configurator.catalog.sheets.reading import Value, column_of, letters

ORDER = {table.name: index for index, table in enumerate(t.TABLES, start=1)}


@dataclass(frozen=True, order=True)
class Cell:
    """A cell, in the order of the workbook; column 0 is the row as a whole."""

    sheet: str
    row: int
    column: int = 0

    def __str__(self) -> str:
        return f"{self.sheet}!{letters(self.column or 1)}{self.row}"

    @property
    def order(self) -> int:
        return (ORDER.get(self.sheet, 0) << 40) + (self.row << 15) + self.column


def cell_of(sheet: str, name: str) -> Cell:
    """The cell that a spreadsheet calls so: C4."""
    column, digits = name.rstrip("0123456789"), name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return Cell(sheet, int(digits), column_of(column))


@dataclass
class Cells:
    """Where everything stands: path in the data -> cell; and what is wrong already.

    `troubled` are the rows (sheet, number) of which a cell was left out; what else is wrong with
    them may come of that.
    """

    places: dict[Where, Cell] = field(default_factory=dict)
    problems: list[FileProblem] = field(default_factory=list)
    troubled: set[tuple[str, int]] = field(default_factory=set)
    fitting: bool = True  # whether every row belongs to another as it should

    def blame(self, cell: Cell, message: str) -> None:
        self.problems.append(FileProblem(cell.order, message, str(cell)))

    def of(self, path: Where) -> Cell | None:
        """The cell of the nearest thing to a path."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.places:
                return self.places[path[:end]]
        return None


@dataclass
class Row:
    """A row of a sheet: its thing, and in which cells the values stand."""

    cell: Cell
    thing: dict[str, Any] = field(default_factory=dict)
    cells: dict[Where, Cell] = field(default_factory=dict)
    more: dict[str, tuple[Value, Cell]] = field(default_factory=dict)  # of open columns, by heading

    def at(self, *keys: str) -> Cell:
        return self.cells.get(keys, self.cell)
