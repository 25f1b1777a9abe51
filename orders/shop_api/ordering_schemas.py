"""The shapes of reviews and orders."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema

from orders.promo.writing import MOST
from orders.shop_api.schemas import Problem as PlainProblem

Words = Annotated[str, Field(max_length=2_000)]
Codes = Annotated[list[Annotated[str, Field(max_length=32)]], Field(max_length=MOST)]
Buyer = Annotated[str, Field(max_length=64, pattern=r"^([!-~]{16,64})?$")]


class Problem(PlainProblem):
    """Of an order: also what is wrong at each field, or what has changed since it was seen."""

    fields: dict[str, list[str]] = {}
    differences: list[dict[str, str]] = []
    review: "Review | None" = None
    several: "SeveralReview | None" = None


class AskReview(Schema):
    """How many, how soon, to where. `buyer` is a secret of yours for one customer: with it a place
    is kept, and an order that is sent twice is known."""

    buyer: Buyer = ""
    quantity: int = Field(1, ge=1, le=10_000)
    rush: bool = False
    country: Words = Field("", description="ISO 3166, two letters.")
    shipping: Words = Field("", description="The code of one of the `ways`.")
    company: Words = ""
    vat_number: Words = ""
    promo: Words = Field("", description="Promo codes, separated by blanks.")


class Seen(Schema):
    """What the customer had before their eyes. It is compared, not believed."""

    revision: int
    specification: str
    total: Decimal
    ready_on: date
    terms: str
    rush: bool = False
    arrives_on: date | None = None
    codes: list[str] = []


class SeenBack(Schema):
    """`seen` of the review, as it came."""

    revision: int = Field(ge=0, le=2**31 - 1)
    specification: str = Field(max_length=64)
    total: Decimal = Field(max_digits=14, decimal_places=2)
    ready_on: date
    terms: str = Field(max_length=20)
    rush: bool = False
    arrives_on: date | None = None
    codes: Codes = []


FullBuyer = Annotated[str, Field(min_length=16, max_length=64, pattern=r"^[!-~]+$")]


class Address(Schema):
    """Who orders, and where it goes. `terms` says that the customer has accepted them."""

    name: Words
    email: Words
    street: Words
    postal_code: Words = ""
    city: Words
    note: Words = ""
    may_ask: bool = Field(False, description="Whether they may be asked by mail how it is.")
    paying: Words = Field("", description="The code of a way to pay; else the usual one.")
    billing_name: Words = ""
    billing_street: Words = ""
    billing_postal_code: Words = ""
    billing_city: Words = ""
    billing_country: Words = ""
    terms: bool = False


class PlaceOrder(AskReview, Address):
    """`seen` of the review, as it came."""

    buyer: FullBuyer
    seen: SeenBack
    country: Words


class Tax(Schema):
    rate: str
    amount: str
    base: str


class Off(Schema):
    name: str
    amount: str


class Receipt(Schema):
    """All amounts as text, in the language asked for."""

    goods: str
    discounts: list[Off]
    way: str
    shipping: str
    net: str
    taxes: list[Tax]
    total: str
    note: str
    free: bool


class PromoCode(Schema):
    """A promo code that was asked for: what it is called (and how much it takes off, if the price
    can bear no more), or in kind words why it does not work."""

    code: str
    works: bool
    said: str


class Speeds(Schema):
    usual: str
    rush: str
    price: str
    rushing: bool


class Said(Schema):
    step: str
    option: str
    name: str
    said: str


class Terms(Schema):
    version: str
    url: str


class Review(Schema):
    complete: bool
    undecided: list[str]
    missing: list[str]
    choices: list[Said]
    receipt: Receipt
    promo: list[PromoCode]
    promo_slowed: str = Field(description="Why no code is looked at now; else empty.")
    ready: str
    held_until: str = Field(description="Until when the day is kept for the buyer; in words.")
    ways: list[dict[str, Any]]
    ways_to_pay: list[dict[str, Any]] = Field(description="Send the `code` of one as `paying`.")
    unreachable: bool
    speeds: Speeds | None
    terms: Terms
    seen: Seen | None = Field(description="Send it back to order; null while it is incomplete.")


class Line(Schema):
    position: int
    product: str
    quantity: int
    net: str
    picture: str | None


class Chapter(Schema):
    kind: str
    title: str
    at: datetime | None


class Order(Schema):
    """Whoever has the `token` may see the order: keep it as a secret."""

    token: str
    number: str
    state: str
    total: Decimal
    currency: str
    promised_on: date
    arrives_on: date | None
    url: str
    next_url: str = Field(description="Where the buyer goes on: to pay, else the order's page.")
    lines: list[Line]
    receipt: Receipt
    story: list[Chapter]


class AskLine(Schema):
    design: UUID
    quantity: int = Field(1, ge=1, le=99)
    rush: bool = False


class AskSeveral(Schema):
    """Several whole designs, to where. `buyer`: see AskReview."""

    lines: list[AskLine] = Field(min_length=1, max_length=20)
    buyer: Buyer = ""
    country: Words = ""
    shipping: Words = ""
    company: Words = ""
    vat_number: Words = ""
    promo: Words = Field("", description="Promo codes, separated by blanks.")


class SeenLineBack(Schema):
    design_id: UUID
    revision: int = Field(ge=0, le=2**31 - 1)
    specification: str = Field(max_length=64)
    quantity: int = Field(ge=1, le=99)
    ready_on: date
    rush: bool = False


class SeenSeveral(Schema):
    """What the buyer had before their eyes, as the review told it."""

    lines: list[SeenLineBack] = Field(min_length=1, max_length=20)
    total: Decimal = Field(max_digits=14, decimal_places=2)
    terms: str = Field(max_length=20)
    shipping: str = Field("", max_length=20)
    arrives_on: date | None = None
    codes: Codes = []


class PlaceSeveral(AskSeveral, Address):
    """`seen` of the review, as it came; `lines` as they were asked for."""

    buyer: FullBuyer
    seen: SeenSeveral
    country: Words


class SeveralReview(Schema):
    receipt: Receipt
    promo: list[PromoCode]
    promo_slowed: str
    ready: str
    ways: list[dict[str, Any]]
    ways_to_pay: list[dict[str, Any]]
    unreachable: bool
    seen: SeenSeveral


Problem.model_rebuild()
