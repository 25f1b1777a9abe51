"""Orders, the frozen specifications they hold, and the jobs that carry them on."""

import secrets
import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from configurator.catalog.models import Release
from configurator.wizard.models import Design


def _token() -> str:
    return secrets.token_urlsafe(24)


class Specification(models.Model):
    """A design frozen at review: content-addressed, complete, never changed.

    `content` holds every choice with its labels, text, file, price line, part and operation; `sha`
    is the SHA-256 of its canonical JSON.
    """

    sha = models.CharField(_("content hash"), primary_key=True, max_length=64)
    release = models.ForeignKey(
        Release, models.PROTECT, related_name="specifications", verbose_name=_("release")
    )
    content = models.JSONField(_("content"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("specification")
        verbose_name_plural = _("specifications")

    def __str__(self) -> str:
        return self.sha[:12]


class Order(models.Model):
    """What a customer ordered. Money in major units of `currency`; `token` opens its page."""

    class State(models.TextChoices):
        AWAITING = "awaiting_payment", _("waiting for payment")
        PLACED = "placed", _("placed")
        IN_PRODUCTION = "in_production", _("in production")
        FINISHED = "finished", _("finished")
        SHIPPED = "shipped", _("shipped")
        CANCELED = "canceled", _("canceled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.CharField(
        _("address of the page"), max_length=48, unique=True, default=_token, editable=False
    )
    number = models.CharField(_("number"), max_length=20, unique=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PLACED)
    version = models.PositiveIntegerField(_("version"), default=0)
    # Of what was agreed: 1, and one more with every change that the customer accepts.
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=120)
    email = models.EmailField(_("email"))
    company = models.CharField(_("company"), max_length=120, blank=True)
    # With the country's letters, as PL5260001246; and what came of its check (selling/business.py).
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    vat_check = models.JSONField(_("check of the VAT number"), default=dict, blank=True)
    street = models.CharField(_("street and number"), max_length=200)
    postal_code = models.CharField(_("postal code"), max_length=20)
    city = models.CharField(_("city"), max_length=100)
    country = models.CharField(_("country"), max_length=2)
    # Where the bill goes, if elsewhere: then all of these are there.
    billing_name = models.CharField(_("bill to"), max_length=120, blank=True)
    billing_street = models.CharField(_("street of the bill"), max_length=200, blank=True)
    billing_postal_code = models.CharField(_("postal code of the bill"), max_length=20, blank=True)
    billing_city = models.CharField(_("city of the bill"), max_length=100, blank=True)
    billing_country = models.CharField(_("country of the bill"), max_length=2, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=1000)
    # Their yes, given with the order, to one mail that asks how it is.
    may_ask = models.BooleanField(_("may be asked how it is"), default=False)
    language = models.CharField(_("language"), max_length=10, default="en")
    currency = models.CharField(_("currency"), max_length=3)
    # How it comes to its customer: {"code", "name": words by language, "pickup"}; {} as ever.
    shipping = models.JSONField(_("shipping"), default=dict, blank=True)
    shipping_net = models.DecimalField(
        _("net for shipping"), max_digits=12, decimal_places=2, default=0
    )
    # Taken off the goods: [{"code", "name": words by language, "net"}], see selling/sums.py.
    discounts = models.JSONField(_("discounts"), default=list, blank=True)
    reverse_charge = models.BooleanField(_("reverse charge"), default=False)
    net = models.DecimalField(_("net"), max_digits=12, decimal_places=2)
    tax = models.DecimalField(_("tax"), max_digits=12, decimal_places=2)
    total = models.DecimalField(_("total"), max_digits=12, decimal_places=2)
    terms_version = models.CharField(_("version of the terms"), max_length=20)
    terms_accepted_at = models.DateTimeField(_("terms accepted"))
    # When the last of its lines is ready, and when the parcel is there if it goes by parcel.
    promised_on = models.DateField(_("promised for"))
    arrives_on = models.DateField(_("with the customer"), null=True, blank=True)
    placed_at = models.DateTimeField(_("placed"), default=timezone.now)
    # The hash of the cookie that ordered.
    browser = models.CharField(_("browser"), max_length=64, blank=True)
    # The account that it belongs to; guests order without.
    customer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="orders",
        verbose_name=_("account"),
    )

    class Meta:
        ordering = ["-placed_at"]
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        indexes = [
            # What orders are counted by, so that a year of them is summed in the index alone.
            models.Index(
                fields=["placed_at", "state", "currency", "net", "revision"], name="order_sold"
            )
        ]

    def __str__(self) -> str:
        return self.number


class NumberCounter(models.Model):
    """The last number that was given in a year to a kind of paper (numbering.py)."""

    kind = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "year"], name="one_counter_a_kind_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"


class OrderLine(models.Model):
    """One specification, so many times. `unit_net` is net for one; `net` for the line, with
    `rush_net`, which is None for a line that is no rush. `design` at `design_revision` is what the
    customer reviewed; `promised_on` when the workshop has the line ready."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="lines", verbose_name=_("order"))
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    design = models.ForeignKey(
        Design, models.PROTECT, related_name="order_lines", verbose_name=_("design")
    )
    design_revision = models.PositiveIntegerField(_("revision of the design"))
    specification = models.ForeignKey(
        Specification, models.PROTECT, related_name="order_lines", verbose_name=_("specification")
    )
    quantity = models.PositiveSmallIntegerField(
        _("quantity"), validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    unit_net = models.DecimalField(_("net for one"), max_digits=12, decimal_places=2)
    rush_net = models.DecimalField(
        _("net for rush"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    net = models.DecimalField(_("net"), max_digits=12, decimal_places=2)
    tax_rate = models.DecimalField(_("tax rate, %"), max_digits=5, decimal_places=2)
    promised_on = models.DateField(_("promised for"))

    class Meta:
        ordering = ["position"]
        permissions = [("return_orderline", _("Can write down what came back"))]
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="line_position_once"),
            models.UniqueConstraint(
                fields=["design", "design_revision"], name="one_order_a_design_revision"
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1, quantity__lte=99), name="line_quantity_1_to_99"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}/{self.position}"


class OrderChange(models.Model):
    """Another design for an order line, in the making: until its customer accepts it, nothing is
    changed. `base` is what was ordered when it began, `base_revision` the order's revision then.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("change", "open")
        ACCEPTED = "accepted", pgettext_lazy("change", "accepted")
        WITHDRAWN = "withdrawn", pgettext_lazy("change", "withdrawn")

    line = models.ForeignKey(
        OrderLine, models.PROTECT, related_name="changes", verbose_name=_("order line")
    )
    design = models.OneToOneField(
        Design, models.PROTECT, related_name="change_of", verbose_name=_("design")
    )
    base = models.ForeignKey(
        Specification, models.PROTECT, related_name="+", verbose_name=_("was ordered")
    )
    base_revision = models.PositiveSmallIntegerField(_("revision"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    began_at = models.DateTimeField(_("began"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        ordering = ["began_at"]
        verbose_name = _("change of an order")
        verbose_name_plural = _("changes of orders")
        constraints = [
            models.UniqueConstraint(
                fields=["line"],
                condition=models.Q(state="open"),
                name="one_open_change_a_line",
            )
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.state}"


class OrderEvent(models.Model):
    """What happened to an order, and when; the order page tells it as a story."""

    class Kind(models.TextChoices):
        PLACED = "placed", _("We have your order")
        PAID = "paid", _("We have your payment")
        CONFIRMATION_SENT = "confirmation_sent", _("We sent you the confirmation")
        RELEASED = "released", _("The workshop has its instructions")
        STARTED = "started", _("We are building it")
        CHANGED = "changed", _("We changed it as you asked")
        FINISHED = "finished", _("It is finished")
        REOPENED = "reopened", _("We are making it better before it leaves")
        SHIPPED = "shipped", _("It is on its way")
        RETURNED = "returned", _("It came back to us")
        CANCELED = "canceled", _("The order was canceled")
        REFUNDED = "refunded", _("We sent money back to you")

    order = models.ForeignKey(Order, models.CASCADE, related_name="events", verbose_name=_("order"))
    kind = models.CharField(_("kind"), max_length=40, choices=Kind)
    at = models.DateTimeField(_("at"), default=timezone.now)
    detail = models.JSONField(_("details"), default=dict, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "kind"],
                condition=models.Q(kind__in=["placed", "confirmation_sent", "shipped"]),
                name="order_event_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.kind}"


class Job(models.Model):
    """Work that is due: written with its cause, done when its effect is committed.

    `kind` is the name of a Celery task that takes this row's id. The relay publishes due rows and
    leases them until `leased_until`; a consumer that has begun holds one until `running_until` and
    alone marks it done, in the effect's own transaction. `attempts` counts the beginnings. After
    too many it is parked, visible and retriable.
    """

    class State(models.TextChoices):
        DUE = "due", pgettext_lazy("job", "due")
        DONE = "done", _("done")
        PARKED = "parked", _("parked")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=80)
    queue = models.CharField(_("queue"), max_length=20)
    payload = models.JSONField(_("details"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DUE)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    running_until = models.DateTimeField(_("running until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("last error"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        ordering = ["due_at"]
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        permissions = [("retry_job", _("Can retry parked jobs"))]
        indexes = [
            models.Index(
                fields=["queue", "due_at"], condition=models.Q(state="due"), name="jobs_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Listener(models.Model):
    """A kind of job that a higher room wants: where nobody listens, none is written."""

    kind = models.CharField(_("kind"), max_length=80, primary_key=True)

    def __str__(self) -> str:
        return self.kind


class Paper(models.Model):
    """A finished PDF in PAPERS_DIR, named by the SHA-256 of all that went into it.

    The row is written after the file is whole. `subject` is the order or work order number.
    """

    class Kind(models.TextChoices):
        BUILD_SHEET = "build_sheet", _("build sheet")
        CONFIRMATION = "confirmation", _("order confirmation")
        CHANGE_SHEET = "change_sheet", _("change sheet")

    class Size(models.TextChoices):
        A4 = "A4", "A4"
        LETTER = "letter", "Letter"

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    size = models.CharField(_("paper size"), max_length=10, choices=Size)
    # The hash of specification, template, fonts, language and size.
    sha = models.CharField(_("content hash"), max_length=64)
    order = models.ForeignKey(Order, models.PROTECT, related_name="papers", verbose_name=_("order"))
    subject = models.CharField(_("for"), max_length=40)
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["subject", "kind", "size"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind", "size", "revision"], name="paper_once_a_revision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.size}"
