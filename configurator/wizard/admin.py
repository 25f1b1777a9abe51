"""What the wizard adds to the admin's pages about a product."""

from django.utils.translation import gettext_lazy as _

from configurator.catalog.admin.pages import PAGES, ProductPage
from configurator.wizard.studio import sheet, uploading, views
from configurator.wizard.studio.views import CHANGE

PAGES += [
    ProductPage("pictures", "pictures/", views.pictures, CHANGE, _("Pictures")),
    ProductPage("sheet", "sheet/", sheet.sheet, CHANGE, _("Contact sheet")),
    ProductPage("sheet_open", "sheet/open/", sheet.open_design, CHANGE),
    ProductPage("picture", "pictures/drawn.webp", views.drawn, CHANGE),
    ProductPage("layer_order", "pictures/order/", views.order, CHANGE),
    ProductPage("layer", "pictures/layer/", views.layer, CHANGE),
    ProductPage("picture_files", "pictures/files/", uploading.upload, CHANGE),
    ProductPage("picture_thumb", "pictures/files/<str:sha>.<str:suffix>", uploading.thumb, CHANGE),
]
