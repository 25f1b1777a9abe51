"""The shapes of quotes."""

from datetime import date
from decimal import Decimal

from ninja import Field, Schema

from orders.shop_api.ordering_schemas import Address as FullAddress
from orders.shop_api.ordering_schemas import (
    AskReview,
    AskSeveral,
    Codes,
    FullBuyer,
    PromoCode,
    Receipt,
    Words,
)
from orders.shop_api.ordering_schemas import Problem as OrderProblem


class AskQuote(AskReview, FullAddress):
    """For whom, and where it would go. `terms` and `paying` are asked when it is accepted."""

    country: Words


class AskSeveralQuote(AskSeveral, FullAddress):
    """The same for several whole designs."""

    country: Words


class SeenQuote(Schema):
    """What the customer had before their eyes: the day of each line, and the promo codes that are
    gone. It is compared, not believed."""

    days: list[date] = Field(max_length=20)
    without: Codes = []
    terms: str = Field(max_length=20)


class AcceptQuote(Schema):
    """`seen` of the quote, as it came. `terms` says that the customer has accepted them."""

    buyer: FullBuyer
    seen: SeenQuote
    terms: bool = False
    paying: Words = Field("", description="The code of a way to pay; else the usual one.")


class QuoteLine(Schema):
    position: int
    product: str
    quantity: int
    net: str
    picture: str | None


class Quote(Schema):
    """Whoever has the `token` may see and accept it: keep it as a secret."""

    token: str
    number: str
    state: str = Field(description="`open`, `accepted`, `declined` or `expired`.")
    total: Decimal = Field(description="Without the promo codes that are gone.")
    currency: str
    valid_until: date
    ready_on: date | None = Field(description="If it is accepted now; null where it can't be.")
    lines: list[QuoteLine]
    receipt: Receipt
    promo: list[PromoCode]
    url: str
    paper: str
    order: str | None = Field(description="The `token` of its order, once it is accepted.")
    seen: SeenQuote | None = Field(description="Send it back to accept; null where it can't be.")


class Problem(OrderProblem):
    """Of a quote: also the quote as it is now."""

    quote: "Quote | None" = None
