"""Carts of browsers, and the designs in them."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from configurator.wizard.models import Design


class Cart(models.Model):
    """What a browser or an account is about to order. Whoever has the cookie has a cart of no
    account; here is only its hash.

    `country` is where it is to go ("": not said yet: prices are those at home).
    """

    key = models.CharField(max_length=64, unique=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="cart"
    )
    country = models.CharField(max_length=2, blank=True)
    # Promo codes that were written at a review or the checkout, one after the other.
    codes = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.key[:12]


class CartItem(models.Model):
    """A design in a cart: as it is now, not as it was when it was put in.

    `agreed` is what its customer saw last and did not object to: {"specification", "ready_on"}.
    What is `saved` waits for later; what was removed lately can be brought back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cart = models.ForeignKey(Cart, models.CASCADE, related_name="items")
    design = models.ForeignKey(Design, models.CASCADE, related_name="in_carts")
    quantity = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    rush = models.BooleanField(default=False)
    saved = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True, blank=True)
    agreed = models.JSONField(default=dict)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cart", "design"], name="design_once_in_a_cart"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1, quantity__lte=99), name="item_quantity_1_to_99"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.design_id}"
