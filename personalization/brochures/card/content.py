"""All that one brochure says, as plain data: what is drawn is a function of this alone."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Pictured:
    """What a picture is made from: a release, a complete configuration, and the pixels across."""

    release: str
    configuration: Mapping[str, Any]
    width: int


@dataclass(frozen=True)
class Hero:
    """The design on the front. `choices` are names with what was chosen, ready to read."""

    title: str
    product: str
    choices: tuple[tuple[str, str], ...]
    price: str
    ready: str
    picture: Pictured | None
    about: str = ""  # of the product, where the design is not their own
    own: bool = True  # designed by this person, or shown to them


@dataclass(frozen=True)
class Other:
    """Another design, or something bought, small on the back."""

    title: str
    told: str
    picture: Pictured | None


@dataclass(frozen=True)
class Offer:
    """What is offered to this person alone."""

    name: str
    worth: str  # "10 % off"
    code: str
    until: str


@dataclass(frozen=True)
class Content:
    """A brochure. `name` is empty where it can't be printed, `recipient` where it goes by hand."""

    reference: str
    language: str
    name: str
    hero: Hero
    others: tuple[Other, ...]
    offer: Offer | None
    link: str
    stop: str
    recipient: tuple[str, ...]
    sender: tuple[str, ...]
    firm: str
    day: str  # as of which prices and days are

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Content":
        """The same content as it was written."""
        hero, offer = dict(data["hero"]), data["offer"]
        hero["choices"] = tuple((name, value) for name, value in hero["choices"])
        hero["picture"] = _pictured(hero["picture"])
        others = [{**each, "picture": _pictured(each["picture"])} for each in data["others"]]
        return cls(
            **{
                **data,
                "hero": Hero(**hero),
                "others": tuple(Other(**each) for each in others),
                "offer": Offer(**offer) if offer else None,
                "recipient": tuple(data["recipient"]),
                "sender": tuple(data["sender"]),
            }
        )


def _pictured(data: Mapping[str, Any] | None) -> Pictured | None:
    return Pictured(**data) if data else None
