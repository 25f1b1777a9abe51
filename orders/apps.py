from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    name = "orders"
    label = "orders"
    verbose_name = _("Orders")

    def ready(self) -> None:
        """Keep the catalog's jobs, and tell it which designs are in the making, and the wizard
        which are ordered."""
        from configurator.catalog import gate, work
        from configurator.wizard import owning
        from orders import jobs, open_designs, ordered_designs

        owning.ordered_by(ordered_designs.as_they_are)
        work.kept_by(jobs.enqueue)
        gate.register(open_designs.KIND)
