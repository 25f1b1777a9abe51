"""The shapes of the shop API, as its OpenAPI document tells them."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema

Value = str | bool | int | float
"""A choice's code, true or false, or a number."""
Code = Annotated[str, Field(max_length=60)]
Revision = Annotated[int, Field(ge=0, le=999_999_999)]
Slug = Annotated[str, Field(max_length=60, pattern=r"^[-a-zA-Z0-9_]+$")]


class Problem(Schema):
    """What is wrong, as RFC 9457 has it; `detail` is said in the caller's language."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str = Field(description="The kind of problem, for programs.")
    field: str = Field("", description="The field or the option that it is about.")
    conflict: "Conflict | None" = Field(None, description="With `impossible`: why, and the ways.")
    excess: "Excess | None" = Field(None, description="With `over_limits`.")
    versions: "Versions | None" = Field(None, description="With `changed_meanwhile`: both.")
    revision: int | None = Field(None, description="The design's revision now.")
    reason: str = Field("", description="With `invalid`: what is wrong with the JSON, in English.")


class Money(Schema):
    """An amount with tax, in the product's currency."""

    amount: Decimal = Field(examples=["1240.00"])
    currency: str
    text: str = Field(description="As people of the caller's language write it.")


class ProductHead(Schema):
    slug: str
    name: str
    tagline: str
    release: int = Field(description="The number of today's release.")
    currency: str
    tax_rate: Decimal
    price_from: Money | None = Field(description="Of the cheapest design; null if not compared.")
    ready_on: date = Field(description="The day on which the cheapest design can be ready.")
    designs: str = Field(description="How many different designs there are, in words.")
    picture: str | None
    picture_alt: str
    begins: bool = Field(description="Whether customers may begin with the design shown.")
    url: str = Field(description="Its page in our own shop.")


class ChoiceInfo(Schema):
    value: Value
    name: str
    help: str
    swatch: str
    picture: str | None


class OptionInfo(Schema):
    """An option of a release, whatever is chosen. What does not belong to its kind is null."""

    code: str
    name: str
    help: str
    kind: Literal["choice", "toggle", "number", "text", "file"]
    required: bool
    conditional: bool = Field(description="Whether other choices decide if it applies.")
    choices: list[ChoiceInfo]
    unit: str
    minimum: Decimal | None
    maximum: Decimal | None
    step: Decimal | None
    max_length: int | None
    characters: str = Field(description="The allowed characters, as inside of a regex class.")
    accept: list[str]
    max_bytes: int | None
    minimum_pixels: int | None


class Step(Schema):
    code: str
    name: str
    help: str
    options: list[OptionInfo]


class Product(ProductHead):
    description: str
    sha: str = Field(description="SHA-256 of the release's content.")
    steps: list[Step]


class ValueState(Schema):
    """A value at this state of the design, as the wizard shows it."""

    value: Value
    state: Literal["chosen", "default", "open", "blocked", "over"] = Field(
        description="`default`: the design shown has it, though it is not decided; `blocked`: the "
        "other choices exclude it; `over`: no design with it keeps budget and day."
    )
    difference: Decimal | None = Field(
        description="What it adds to the price, with tax; null if that is known once it is chosen."
    )
    difference_text: str
    days: int = Field(description="The working days that it adds.")
    ends: list[str] = Field(description="Options that would no longer apply.")
    over: str = Field(description="Which limits it breaks: budget, day, both.")


class NumberState(Schema):
    """`possible` holds every number that the design may have now; null where there are too many
    to list (ask with `explain`)."""

    possible: list[ValueState] | None


class OptionState(Schema):
    code: str
    step: str
    name: str
    kind: str
    state: Literal["chosen", "forced", "default", "locked"]
    value: Value | None = Field(description="Decided, or what the design shown has.")
    said: str = Field(description="The value in words.")
    missing: bool = Field(description="Whether it still needs a text or a file.")
    locked: str = Field(description="Why it can't be changed any more.")
    values: list[ValueState]
    number: NumberState | None
    text: str | None
    unwritable: str = Field(description="What of the text its typeface can't write.")
    artwork: str | None = Field(description="Address of the uploaded picture, small.")


class StepState(Schema):
    code: str
    name: str
    decided: int
    total: int
    needs: bool


class PriceLine(Schema):
    label: str
    amount: str = Field(description="With tax, as text; the lines add up to the price.")


class Limits(Schema):
    """What the customer wants to spend at most, with tax, and the last day; null: no limit."""

    budget: Decimal | None = Field(None, max_digits=12, decimal_places=2)
    day: date | None = None


class Picture(Schema):
    url: str
    alt: str
    width: int
    height: int
    views: dict[str, str] = Field(description="Addresses of the views by their codes.")


class Changes(Schema):
    """What else happened with the change, by the codes of options."""

    let_go: list[str] = []
    changed: list[str] = []
    elsewhere: list[str] = Field([], description="Changed by others since your revision.")


class Design(Schema):
    """A design. Whoever has its `id` may see and change it: keep it as a secret."""

    id: UUID
    revision: int
    product: str
    release: int
    name: str
    complete: bool = Field(description="Whether all is decided.")
    missing: list[str] = Field(description="Options that need a text or a file.")
    price: Money | None
    lines: list[PriceLine]
    tax: str
    ready_on: date
    sooner_on: str = Field(description="The day of the fastest design, in words, if earlier.")
    designs: str
    limits: Limits
    fits: bool = Field(description="Whether some design is within the limits.")
    undo: bool
    redo: bool
    picture: Picture | None
    choices: dict[str, Value] = Field(description="What is decided.")
    texts: dict[str, str]
    shown: dict[str, Value] = Field(description="The complete design that price and day are of.")
    steps: list[StepState]
    options: list[OptionState] = Field(description="Those that apply; with `step`, of that one.")
    url: str = Field(description="The same design in our own shop.")
    review_url: str
    changes: Changes


class Decision(Schema):
    option: str
    name: str
    label: str
    instead: str = Field(description="What it would become, in words.")
    locked: str


class Way(Schema):
    """One way to have the value all the same: send its `changes` with `repair`."""

    changes: dict[str, Value | None]
    decisions: list[Decision]
    difference: str
    cheaper: bool
    unpriced: bool


class Conflict(Schema):
    option: str
    value: Value
    name: str
    label: str
    because: list[Decision] = Field(description="A minimal set of choices that exclude it.")
    rules: list[str]
    ways: list[Way]


class Excess(Schema):
    over: str
    price: str
    ready: str
    limits: str


class Versions(Schema):
    mine: Value | None
    theirs: Value | None


class Explanation(Schema):
    possible: bool
    conflict: Conflict | None
    excess: Excess | None


class Begin(Schema):
    """A new design: empty, or the one that the shop shows."""

    product: Slug
    begin: Literal["empty", "showcase"] = "empty"
    language: Code = Field("", description="Of its texts and mails; else that of the request.")


class Choose(Schema):
    option: Code
    value: Value
    repair: bool = Field(False, description="Change other choices for it where that is needed.")
    changes: dict[Code, Value | None] = Field({}, description="Of the way chosen.", max_length=500)
    limits: Limits | None = Field(None, description="New limits, set with it.")
    insist: bool = Field(False, description="Though others changed the same option meanwhile.")


class Clear(Schema):
    option: Code
    insist: bool = False


class Text(Schema):
    option: Code
    text: str = Field(max_length=4_000)
    insist: bool = False


class Placement(Schema):
    """How a picture lies in its place. `x`, `y`: how far its middle is right of and below the
    place's, in thousandths of the place's width and height; `scale`: percent of the size in which
    it just fits; `angle`: degrees clockwise; `left` to `bottom`: percent cut away at each side;
    `ground`: how unlike, in percent, what counts as its plain ground may be, 0 keeps the ground."""

    x: int = Field(0, ge=-1500, le=1500)
    y: int = Field(0, ge=-1500, le=1500)
    scale: int = Field(100, ge=5, le=1000)
    angle: int = Field(0, ge=-180, le=180)
    left: int = Field(0, ge=0, le=90)
    top: int = Field(0, ge=0, le=90)
    right: int = Field(0, ge=0, le=90)
    bottom: int = Field(0, ge=0, le=90)
    ground: int = Field(0, ge=0, le=60)


class MoveTold(Schema):
    """A choice that cannot stay; `after` is empty where nothing comes in its place."""

    name: str
    before: str
    after: str
    why: list[str]


class Renewal(Schema):
    """What the newest release would change; prices are with tax, empty where they stay."""

    due: bool
    mark: str = Field("", description="What `renew` sends back: names what was told here.")
    declined: bool = Field(False, description="Whether the customer has kept it as it is.")
    moves: list[MoveTold] = []
    price_before: str = ""
    price_after: str = ""


class Renew(Schema):
    mark: Code = ""
    keep: bool = False


class Finish(Schema):
    by: Literal["cheapest", "fastest"] = "cheapest"


class Surprise(Schema):
    anew: bool = False


class Restore(Schema):
    revision: Revision


class StepDone(Schema):
    """One change: what was done, and the price after it, in words."""

    revision: int
    words: str
    detail: str
    price: str
    current: bool
    undone: bool


Problem.model_rebuild()
