"""The rows of a workbook's sheets, put together to the data of a product file."""

from typing import Any

from configurator.catalog.content import FORMAT
from configurator.catalog.content import Path as Where
from configurator.catalog.problems import meant, short
from configurator.catalog.sheets import tables as t
from configurator.catalog.sheets.cells import Cell, Cells, Row
from configurator.catalog.sheets.values import exact_value, plain_value, read_cell, read_value
from configurator.engine.words import Words as _

VALUES = {
    "choices": t.Column("choices", "as is"),
    "texts": t.Column("texts"),
    "parts": t.Column("parts", "number"),
}
"""How the values of a test case are read."""


class Assembly:
    """Puts the rows of all sheets together, and knows the cells of every path."""

    def __init__(self, found: dict[str, list[Row]], cells: Cells, *, cases: bool = True) -> None:
        self.found = found
        self.cases = cases  # whether there is a sheet of test cases
        self.cells = cells

    def data(self) -> dict[str, Any]:
        data: dict[str, Any] = {"format": FORMAT, "product": self._product()}
        data["steps"] = self._steps()
        data["rules"] = self._rules()
        for name, key in (
            *(("Prices", "prices"), ("Parts", "parts")),
            ("Inspirations", "inspirations"),
        ):
            data[key] = self._things(name, (key,))
        data["operations"] = self._operations()
        data["work_centers"] = self._things("Work centers", ("work_centers",))
        data["coverage"] = self._things("Coverage", ("coverage",))
        picture = self._picture()
        cases = {"cases": self._cases()} if self.cases else {}
        said = {key: value for key, value in data.items() if value not in ([], {})}
        return {**said, **cases, **picture}

    def _place(self, row: Row, path: Where) -> None:
        self.cells.places.setdefault(path, row.at("code"))
        for keys, cell in row.cells.items():
            self.cells.places[*path, *keys] = cell

    def _things(self, name: str, path: Where) -> list[dict[str, Any]]:
        for index, row in enumerate(self.found[name]):
            self._place(row, (*path, index))
        return [row.thing for row in self.found[name]]

    def _product(self) -> dict[str, Any]:
        rows = self.found["Product"]
        if len(rows) != 1:
            cell = rows[1].cell if rows else Cell("Product", 2)
            self.cells.blame(cell, _("There must be one row here: the product."))
            return {}
        self._place(rows[0], ("product",))
        showcase = {}
        for row in self.found["Showcase"]:
            code = str(row.thing.get("option", ""))
            if not code or code in showcase or "value" not in row.thing:
                self.cells.blame(
                    row.cell, _("Write an option here, once, and its value beside it.")
                )
            showcase[code] = row.thing.get("value")
            self.cells.places["product", "showcase", code] = row.at("value")
        return {**rows[0].thing, **({"showcase": showcase} if showcase else {})}

    def _by_parent(self, name: str, parents: list[Row], keys: Where) -> dict[str, list[Row]]:
        """The rows of a sheet by what they belong to; what belongs to nothing is blamed."""
        among = {str(row.thing.get("code", "")): row for row in reversed(parents)}
        groups: dict[str, list[Row]] = {code: [] for code in among}
        for row in self.found[name]:
            code = str(row.thing.pop(str(keys[0]), ""))
            if code in groups and code:
                groups[code].append(row)
                continue
            sheet = parents[0].cell.sheet if parents else "the workbook"
            said = f"There is no “{short(code)}” in {sheet}." if code else "A code is missing here."
            self.cells.blame(row.at(str(keys[0])), f"{said}{meant(code, among) if code else ''}")
        return groups

    def _unique(self, name: str) -> list[Row]:
        """The rows of a sheet to which others belong: no code twice."""
        seen: dict[str, Row] = {}
        for row in self.found[name]:
            code = str(row.thing.get("code", ""))
            if not code:
                self.cells.blame(row.cell, _("The code is missing in this row."))
            elif code in seen:
                other = seen[code].at("code")
                reason = _(
                    "The code “%(code)s” is here twice; it is in %(other)s already.",
                    code=short(code),
                    other=other,
                )
                self.cells.blame(row.at("code"), reason)
            seen.setdefault(code, row)
        return self.found[name]

    def _steps(self) -> list[dict[str, Any]]:
        steps = self._unique("Steps")
        options = self._by_parent("Options", steps, ("in",))
        choices = self._by_parent("Choices", self._unique("Options"), ("option",))
        for s, step in enumerate(steps):
            self._place(step, ("steps", s))
            mine = options.get(str(step.thing.get("code", "")), [])
            step.thing["options"] = [row.thing for row in mine]
            for o, option in enumerate(mine):
                path: Where = ("steps", s, "options", o)
                self._place(option, path)
                values = choices.get(str(option.thing.get("code", "")), [])
                for c, choice in enumerate(values):
                    self._place(choice, (*path, "choices", c))
                    self._attributes(choice, (*path, "choices", c, "attributes"))
                if values or option.thing.get("kind") == "choice":
                    option.thing["choices"] = [choice.thing for choice in values]
        return [step.thing for step in steps]

    def _attributes(self, choice: Row, path: Where) -> None:
        for heading, (value, cell) in choice.more.items():
            name = heading.removeprefix(t.ATTRIBUTE).strip()
            choice.thing.setdefault("attributes", {})[name] = exact_value(value)
            self.cells.places[*path, name] = cell

    def _rules(self) -> list[dict[str, Any]]:
        rules = self._unique("Rules")
        combinations = self._by_parent("Combinations", rules, ("rule",))
        for index, rule in enumerate(rules):
            self._place(rule, ("rules", index))
            kind, columns = rule.thing.pop("kind", "rule"), rule.thing.pop("options", None)
            rows = combinations.get(str(rule.thing.get("code", "")), [])
            if kind in ("allow", "forbid"):
                path: Where = ("rules", index, kind)
                table = self._table(columns or [], rows, path)
                rule.thing[kind] = table
                self.cells.places[*path, "options"] = rule.at("options")
            elif kind != "rule":
                known = ("rule", "allow", "forbid")
                reason = _(
                    "“%(kind)s” is not one of: %(known)s.", kind=short(kind), known=", ".join(known)
                )
                self.cells.blame(rule.at("kind"), reason)
            elif columns or rows:
                cell = rule.at("options") if columns else rows[0].cell
                self.cells.blame(
                    cell, _("Only rules of the kind allow or forbid have combinations.")
                )
        return [rule.thing for rule in rules]

    def _table(self, columns: list[str], rows: list[Row], path: Where) -> dict[str, Any]:
        names = [f"option {code}" for code in columns]
        for number, row in enumerate(rows):
            self.cells.places[*path, "rows", number] = row.cell
            for index, name in enumerate(names):
                if name not in row.more:
                    code = columns[index]
                    self.cells.blame(
                        row.cell, _("The value of “%(code)s” is missing here.", code=short(code))
                    )
                    continue
                self.cells.places[*path, "rows", number, index] = row.more[name][1]
            for heading, (_value, cell) in row.more.items():
                if heading not in names:
                    self.cells.blame(cell, _("The rule of this row does not list this option."))
        values = [
            [exact_value(row.more[name][0]) for name in names if name in row.more] for row in rows
        ]
        return {"options": columns, "rows": values}

    def _operations(self) -> list[dict[str, Any]]:
        operations = self._unique("Operations")
        checks = self._by_parent("Checks", operations, ("operation",))
        for index, operation in enumerate(operations):
            self._place(operation, ("operations", index))
            mine = checks.get(str(operation.thing.get("code", "")), [])
            if mine:
                operation.thing["checks"] = [row.thing.get("check", {}) for row in mine]
            for number, row in enumerate(mine):
                self.cells.places["operations", index, "checks", number] = row.at("check")
        return [operation.thing for operation in operations]

    def _cases(self) -> list[dict[str, Any]]:
        """Test cases; what is empty under an option, a text or a part is not said."""
        for index, row in enumerate(self.found[t.CASES.name]):
            path: Where = ("cases", index)
            self._place(row, path)
            self.cells.places[path] = row.at("name")
            parts = row.thing.pop("parts", t.ANY_PARTS)
            if parts == t.NO_CODES:
                row.thing["parts"] = {}
            elif parts != t.ANY_PARTS:
                said = f"“{short(parts)}” is not one of: {t.ANY_PARTS}, {t.NO_CODES}."
                self.cells.blame(row.at("parts"), said)
            for heading, (value, cell) in row.more.items():
                begin, _space, code = heading.partition(" ")
                kind = t.CASE_VALUES[f"{begin} "]
                exact = read_value(VALUES[kind], value, cell, self.cells)
                row.thing.setdefault(kind, {})[code.strip()] = exact
                self.cells.places[*path, kind, code.strip()] = cell
        return [row.thing for row in self.found[t.CASES.name]]

    def _picture(self) -> dict[str, Any]:
        rows = self.found["Picture"]
        if len(rows) > 1:
            self.cells.blame(rows[1].cell, _("There must be one row here at most."))
        for row in rows[:1]:
            self._place(row, ("picture",))
        layers = [self._layer(row, index) for index, row in enumerate(self.found["Layers"])]
        picture = {**(rows[0].thing if rows else {}), **({"layers": layers} if layers else {})}
        return {"picture": picture} if picture else {}

    def _layer(self, row: Row, index: int) -> dict[str, Any]:
        """A layer, whose description may go on in further cells."""
        self._place(row, ("picture", "layers", index))
        place = row.at(t.DESCRIPTION)
        further = sorted(row.more.items(), key=lambda each: each[1][1])
        pieces = [row.thing.pop(t.DESCRIPTION, ""), *(value for _head, (value, _cell) in further)]
        text = "\n".join(plain_value(piece) for piece in pieces if piece != "")
        said = read_cell(text, place, self.cells) if text else {}
        if not isinstance(said, dict):
            if said is not None:
                self.cells.blame(place, _("A map (name: value) is expected here."))
            said = {}
        path: Where = ("picture", "layers", index)
        self.cells.places.update({(*path, key): place for key in said})
        return {**row.thing, **said}
