"""What recommending adds to the admin's pages about a product."""

from django.utils.translation import gettext_lazy as _

from configurator.catalog.admin.pages import PAGES, ProductPage
from personalization.recommending import views
from personalization.recommending.views import VIEW

PAGES += [
    ProductPage("recommending", "recommending/", views.knowledge, VIEW, _("Recommendations")),
]
