"""What a page shows of an option: plain and hashable, so that its HTML can be remembered."""

from dataclasses import dataclass

from configurator.wizard.placing_view import PlacingView
from configurator.wizard.writing import WritingView


@dataclass(frozen=True)
class Entered:
    """What someone entered and why it was refused; shown again at its field."""

    option: str
    text: str
    message: str
    asked: str = ""


@dataclass(frozen=True)
class ValueView:
    """One value: `difference` is what it would add to the present total ("+€40"), `days` what to
    the earliest day ("+5 days"). `over` says which of the customer's limits no design with it
    keeps; its state then is OVER, or OPEN where nothing fits the limits anyway. What an `unpriced`
    one costs is known once it is chosen.
    """

    post: str
    name: str
    help: str
    swatch: str
    thumb: bool
    state: str
    difference: str
    cheaper: bool
    gone: tuple[str, ...] = ()
    days: str = ""
    sooner: bool = False
    over: str = ""
    unpriced: bool = False


@dataclass(frozen=True)
class NumberView:
    """`marks` is JSON: [value, difference in minor units with tax, or null if impossible], and 1
    after these for values over the customer's limits."""

    value: str
    minimum: str
    maximum: str
    step: str
    unit: str
    marks: str
    currency: str
    unpriced: bool
    nearest: tuple[ValueView, ...]
    ends: tuple[str, str]  # the smallest and the largest, as the customer measures
    share: int = 0  # percent of the largest value, for a drawing
    possible: str = ""  # where not all are possible: which are, in words
    inches: str = ""  # the value in inches, where the customer measures so
    factor: str = ""  # how many millimeters the unit has, where it is a length


@dataclass(frozen=True)
class TextView:
    value: str
    limit: int
    allowed: str  # the allowed characters, in words
    placeholder: str
    unwritable: bool  # whether the chosen typeface lacks some of its characters
    written: WritingView


@dataclass(frozen=True)
class FileView:
    sha: str
    accept: str
    formats: str
    megabytes: int
    pixels: int
    placing: PlacingView | None = None


@dataclass(frozen=True)
class HintView:
    """What others chose: the value, as it is posted and as it is called, and a fact about it."""

    post: str
    value: str
    why: str


@dataclass(frozen=True)
class OptionView:
    """An option of the step. `said` is what is decided, or what it would be by default."""

    code: str
    name: str
    help: str
    control: str
    state: str  # chosen, forced, default (undecided)
    said: str
    required: bool
    values: tuple[ValueView, ...] = ()
    number: NumberView | None = None
    text: TextView | None = None
    file: FileView | None = None
    error: str = ""
    entered: str = ""
    asked: str = ""  # an impossible value that was entered, to ask why
    locked: str = ""  # why it can't be changed any more
    hint: HintView | None = None

    @property
    def own_form(self) -> bool:
        """Whether it is posted by a form of its own, not by a button of the step's form."""
        return self.control in ("slider", "text", "file", "select")
