"""Why a change of a design was refused. Each carries what the page needs to say so."""

from configurator.engine import Value


class Refused(Exception):
    """A change that was not made; the design is as it was."""


class UnknownOption(Refused):
    """The product has no such option, or not one of the kind that was asked for."""


class BadInput(Refused):
    """What was entered can't be a value of the option. `message` says why, kindly."""

    def __init__(self, option: str, entered: str, message: str) -> None:
        super().__init__(message)
        self.option, self.entered, self.message = option, entered, message


class Impossible(Refused):
    """Other choices, or the rules alone, exclude the value."""

    def __init__(self, option: str, value: Value) -> None:
        super().__init__(f"{option} = {value} is not possible")
        self.option, self.value = option, value


class Locked(Refused):
    """The option can't be changed any more, or only with one that can't."""

    def __init__(self, option: str) -> None:
        super().__init__(f"{option} is locked")
        self.option = option


class ChangedMeanwhile(Refused):
    """The same option was changed elsewhere since the page was loaded; both versions."""

    def __init__(self, option: str, mine: Value | None, theirs: Value | None) -> None:
        super().__init__(f"{option} was changed meanwhile")
        self.option, self.mine, self.theirs = option, mine, theirs


class NothingThere(Refused):
    """There is nothing to undo or to redo."""


class AnothersLast(Refused):
    """Somebody else made the last change: it is theirs to undo or redo."""


class Resting(Refused):
    """Later choices of others rest on the own one that is to be taken back: they would be let
    go with it. `option` is the own one's ("" if there are several)."""

    def __init__(self, option: str, theirs: tuple[str, ...]) -> None:
        super().__init__(f"{', '.join(theirs)} rest on {option}")
        self.option, self.theirs = option, theirs


class Undecided(Refused):
    """The engine can't work out in time what would be possible after the change."""


class Busy(Refused):
    """Others kept changing the design; try again."""


class BadLimits(Refused):
    """A budget or a day that can't be; `wrong` says why at each field ("budget", "day")."""

    def __init__(self, budget: str, day: str, wrong: dict[str, str]) -> None:
        super().__init__("; ".join(wrong.values()))
        self.budget, self.day, self.wrong = budget, day, wrong


class OverLimits(Refused):
    """The value fits the other choices, but no design with it keeps budget and day."""

    def __init__(self, option: str, value: Value) -> None:
        super().__init__(f"{option} = {value} is over the limits")
        self.option, self.value = option, value
