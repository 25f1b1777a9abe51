"""What was counted before, so that looking at it takes no time."""

from django.db import models
from django.utils import timezone


class SoldMonth(models.Model):
    """What was sold in a month of the firm's clock: [day, product, currency, orders, pieces, net]
    for each day, product and currency. `mark` tells of which orders; where these are others by now,
    it counts no more (`results.sales`)."""

    month = models.DateField(unique=True)  # its first day
    mark = models.CharField(max_length=150)
    rows = models.JSONField(default=list)
    counted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["month"]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
