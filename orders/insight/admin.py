"""What the orders add to the admin's pages about a product."""

from django.utils.translation import gettext_lazy as _

from configurator.catalog.admin.pages import PAGES, ProductPage
from orders.insight import views
from orders.insight.views import VIEW

PAGES += [
    ProductPage("insight", "insight/", views.insight, VIEW, _("Insight")),
    ProductPage("insight_table", "insight/<slug:figure>.csv", views.download, VIEW),
]
