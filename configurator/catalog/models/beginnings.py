"""What a shop once began with."""

from django.db import models
from django.utils import timezone


class Beginning(models.Model):
    """Something was put there for a start, by `set_up`; whoever takes it away does so for good."""

    name = models.CharField(primary_key=True, max_length=100)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name
