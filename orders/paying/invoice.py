"""Paying later, by bank transfer, on an invoice."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from orders.paying.models import Payment, Refund
from orders.paying.providers import Forged, Session, Standing, Told


class Invoice:
    """Built first and paid afterwards; a person records what has arrived, and sends back."""

    code = "invoice"
    name = _("Invoice")
    hint = _("Pay by bank transfer once you have it.")
    first = False

    def offered(self, currency: str) -> bool:
        return True

    def expires_at(self, now: datetime) -> datetime | None:
        return None

    def begin(self, payment: Payment, *, title: str, return_url: str) -> Session | None:
        return None

    def look(self, payment: Payment) -> Standing:
        return Standing(payment.state, payment.amount, payment.currency)

    def close(self, payment: Payment) -> Standing:
        return self.look(payment)

    def refund(self, refund: Refund) -> None:
        """A person transfers it: the admin lists what is due."""

    def read(self, headers: Mapping[str, str], body: bytes) -> Told:
        raise Forged
