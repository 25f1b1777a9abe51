"""A key for pushing to browsers, for VAPID_PRIVATE_KEY."""

from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from django.core.management.base import BaseCommand

from personalization.messages.push import encoded


class Command(BaseCommand):
    help = "Print a new VAPID_PRIVATE_KEY. Browsers that subscribed with another one are lost."

    def handle(self, *_args: Any, **_options: Any) -> None:
        number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
        self.stdout.write(f"VAPID_PRIVATE_KEY={encoded(number.to_bytes(32, 'big'))}")
