from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    label = "accounts"
    verbose_name = _("Customers’ accounts")

    def ready(self) -> None:
        """Orders begin with the addresses of the account."""
        from accounts import addresses
        from orders import known_addresses

        known_addresses.told_by(addresses.tell)
