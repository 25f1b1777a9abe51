"""The sheets of a product's workbook and their columns, for writing as for reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from configurator.catalog.schema import definition_of

Kind = Literal["text", "said", "number", "yes", "list", "lines", "yaml", "any", "as is"]
"""text: one text; said: a text a language; yes: yes or no; list: with commas; any: a number or a
text, which mean the same where they look the same; as is: where they do not."""
Path = tuple[str, ...]

NOTES = "Help"
"""Sheets whose names begin so are the reader's own."""
ATTRIBUTE = "attribute "
"""How the headings of attributes begin, which every product has others of."""
DESCRIPTION = "description"
OPTION, TEXT, PART = "option ", "text ", "part "
"""How the headings begin under which the values of options, texts and parts stand."""
CASE_VALUES = {OPTION: "choices", TEXT: "texts", PART: "parts"}
ANY_PARTS = "any"
NO_CODES = "—"
"""A list that is there and empty."""
ROOT: Path = ()


@dataclass(frozen=True)
class Column:
    """A column: its heading, its kind, and where its value stands in the thing of a row."""

    name: str
    kind: Kind = "text"
    path: Path = ROOT
    known: tuple[str, ...] = ()  # what may stand there, for a list to choose from
    among: str = ""  # or the sheet whose codes may
    wide: int = 14

    @property
    def keys(self) -> Path:
        return self.path or (self.name,)

    @property
    def typed(self) -> bool:
        """Whether a number there is another thing than its digits as a text."""
        return self.kind in ("number", "yes", "as is")


@dataclass(frozen=True)
class Table:
    """A sheet. Its rows are things of the schema's `definition`, for the help at the headings."""

    name: str
    columns: tuple[Column, ...]
    definition: str = ""
    parent: str = ""  # the column that names to which thing a row belongs
    open: str | tuple[str, ...] = ""  # how headings of other columns begin: "attribute weight_g"
    optional: bool = False  # whether the sheet may be missing: then its things stay as they are
    help: Mapping[str, str] | None = None

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    def about(self, column: Column) -> str:
        """What the heading's note says."""
        if self.help and column.name in self.help:
            return self.help[column.name]
        return definition_of(self.definition, column.keys) if self.definition else ""


def _enum(definition: str, name: str) -> tuple[str, ...]:
    found: list[str] = definition_of(definition, (name,), "enum") or []
    return tuple(found)


CODE = Column("code", wide=22)
NAME = Column("name", "said", wide=26)
HELP = Column("help", "said", wide=32)
WHEN = Column("when", wide=30)

PRODUCT = Table(
    "Product",
    (
        *(Column("slug", wide=22), NAME, Column("tagline", "said", wide=32)),
        *(Column("description", "said", wide=40), Column("currency")),
        *(Column("tax_rate", "number"), Column("base_price", "number")),
        *(Column("base_days", "number"), Column("rush", "any"), Column("position", "number")),
        Column("guide", "yaml", wide=40),
    ),
    "product",
)
SHOWCASE = Table(
    "Showcase",
    (Column("option", among="Options", wide=22), Column("value", "as is", wide=22)),
    help={
        "option": "The design that the shop shows: the code of an option.",
        "value": "Its value, or the words of a text.",
    },
)
STEPS = Table("Steps", (CODE, NAME, HELP), "step")
OPTIONS = Table(
    "Options",
    (
        *(Column("step", among="Steps", wide=18, path=("in",)), CODE, NAME, HELP),
        *(Column("kind", known=_enum("option", "kind")),),
        *(Column("control", known=_enum("option", "control")), WHEN),
        *(Column("needs", known=_enum("option", "needs")), Column("price", "any")),
        *(Column("lead_days", "number"), Column("unit"), Column("minimum", "number")),
        *(Column("maximum", "number"), Column("step_size", "number", ("step",))),
        *(Column("required", "yes"), Column("max_length", "number"), Column("characters")),
        *(Column("placeholder", "said", wide=20), Column("accept", "list")),
        *(Column("max_megabytes", "number"), Column("minimum_pixels", "number")),
    ),
    "option",
    parent="step",
    help={"step": "The code of the step on which it is decided."},
)
CHOICES = Table(
    "Choices",
    (
        *(Column("option", among="Options", wide=18), CODE, NAME, HELP, Column("swatch")),
        *(Column("image", wide=26), Column("price", "any"), Column("lead_days", "number")),
        Column("needs", known=_enum("choice", "needs")),
    ),
    "choice",
    parent="option",
    open=ATTRIBUTE,
    help={"option": "The code of the option of which it is a value."},
)
RULES = Table(
    "Rules",
    (
        *(CODE, Column("kind", known=("rule", "allow", "forbid"), path=("kind",))),
        *(Column("rule", wide=60), Column("options", "list", ("options",), wide=26)),
        Column("message", "said", wide=40),
    ),
    "rule",
    help={
        "kind": "rule: the condition in the next column. allow, forbid: the combinations of the "
        "options listed here, one a row of the sheet “Combinations”.",
        "options": "For combinations: the codes of their options, with commas.",
    },
)
COMBINATIONS = Table(
    "Combinations",
    (Column("rule", among="Rules", wide=22),),
    parent="rule",
    open=OPTION,
    help={"rule": "The code of the rule. The other columns are options: its value, or none."},
)
PRICES = Table(
    "Prices",
    (CODE, Column("label", "said", wide=26), WHEN, Column("amount", "any", wide=30)),
    "price",
)
PARTS = Table(
    "Parts",
    (
        *(CODE, Column("number"), NAME, WHEN, Column("quantity", "any")),
        *(Column("unit", known=_enum("part", "unit")),),
        *(
            Column(f"cut_{side}", "any", ("cut", side), wide=18)
            for side in ("length", "width", "thickness")
        ),
        *(Column("material", "said", wide=18), Column("bin"), Column("scrap", "any")),
        *(Column("operation", among="Operations"), Column("lead_days", "number")),
        *(Column("stock", "number"), Column("cost", "any")),
    ),
    "part",
)
OPERATIONS = Table(
    "Operations",
    (
        *(CODE, NAME, Column("work_center", among="Work centers"), WHEN),
        *(Column("setup_minutes", "any"), Column("run_minutes", "any")),
        *(Column("instructions", "said", wide=40), Column("after", "list", wide=18)),
        *(Column("tooling", "said", wide=20), Column("pictures", "lines", wide=26)),
    ),
    "operation",
)
CHECKS = Table(
    "Checks",
    (Column("operation", among="Operations", wide=22), Column("check", "said", wide=40)),
    parent="operation",
    help={"check": "What is checked and ticked off at the bench, one a row."},
)
CENTERS = Table(
    "Work centers",
    (
        *(CODE, NAME, Column("stations", "number"), Column("efficiency", "any")),
        *(Column("hours", wide=30), Column("country")),
        *(Column("hourly_cost", "number"), Column("cost_currency")),
    ),
    "work_center",
)
COVERAGE = Table(
    "Coverage",
    (
        *(CODE, WHEN, Column("of", "list", wide=40), Column("exactly", "number")),
        *(Column("at_least", "number"), Column("message", "said", wide=40)),
    ),
    "statement",
)
PICTURE = Table(
    "Picture",
    (
        *(Column("width", "number"), Column("height", "number")),
        *(Column("ground", "yaml", wide=40), Column("define", "yaml", wide=60)),
        *(Column("measures", "yaml", wide=40), Column("views", "yaml", wide=40)),
    ),
    "picture",
)
LAYERS = Table(
    "Layers",
    (CODE, WHEN, Column(DESCRIPTION, "yaml", wide=90)),
    "layer",
    open=f"{DESCRIPTION} ",
    help={DESCRIPTION: "The layer in YAML, as in product.yaml."},
)
INSPIRATIONS = Table(
    "Inspirations",
    (CODE, NAME, Column("text", "said", wide=40), Column("design", "yaml", wide=60)),
    "inspiration",
    optional=True,
)
CASES = Table(
    "Test cases",
    (
        *(Column("name", wide=30), Column("possible", "yes"), Column("price", "number")),
        Column("parts", known=(ANY_PARTS, NO_CODES)),
    ),
    "case",
    open=(OPTION, TEXT, PART),
    optional=True,
    help={
        "parts": f"{NO_CODES} where a design may have no part at all. Else the quantities stand in "
        "the columns “part …”; where all of them are empty, any parts are right."
    },
)
TABLES = (
    *(PRODUCT, SHOWCASE, STEPS, OPTIONS, CHOICES, RULES, COMBINATIONS, PRICES, PARTS),
    *(OPERATIONS, CHECKS, CENTERS, COVERAGE, INSPIRATIONS, PICTURE, LAYERS, CASES),
)


def heading(column: Column, language: str = "") -> str:
    return f"{column.name} [{language}]" if language else column.name


def nested(thing: Mapping[str, Any], keys: Path) -> Any:
    """The value at the keys; None where there is none."""
    here: Any = thing
    for key in keys:
        here = here.get(key) if isinstance(here, Mapping) else None
    return here
