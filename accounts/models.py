"""What accounts keep besides designs and orders: mails on their way."""

import uuid

from django.db import models


class OutgoingMail(models.Model):
    """A mail that a job is to send; gone once it has left.

    It may hold a code that opens an account, so no page and no admin shows it, and a job's
    payload, which factory leads see, holds only its id.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.id)
