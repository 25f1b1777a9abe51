from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectConfig(AppConfig):
    name = "project"

    def ready(self) -> None:
        """The admin bears our name."""
        from django.contrib import admin

        admin.site.site_header = "Customerize"
        admin.site.site_title = "Customerize"
        admin.site.index_title = _("Catalog and orders")
