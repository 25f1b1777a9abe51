"""Where every room's pages begin."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from orders.erp import views as erp
from orders.erp.api import api
from orders.quotes.api import router as quotes
from orders.shop_api import views as shop
from orders.shop_api.api import api as shop_api
from personalization.messages import mail_hooks
from project import health, views

handler400 = "project.errors.bad_request"
handler500 = "project.errors.server_error"
shop_api.add_router("", quotes)
urlpatterns = [
    path("admin/", admin.site.urls),
    path("login/", auth.LoginView.as_view(template_name="login.html"), name="login"),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
    path("language/", include("django.conf.urls.i18n")),
    path("landing/", views.landing, name="landing"),
    path("health/", health.health, name="health"),
    path("", include("orders.erp.urls")),
    path("api/shop/v1/docs/", shop.document, name="shop_api"),
    path("api/shop/v1/", shop_api.urls),
    path("api/shop/v1/<path:path>", shop.nothing),
    path("api/v1/", api.urls),
    path("api/v1/<path:path>", erp.nothing),
    path("", include("configurator.shops.urls")),
    path("factory/", include("orders.factory.urls")),
    *mail_hooks.of(settings.EMAIL_SERVICE),
    path("", include("personalization.messages.link_urls")),
    path("you/messages/", include("personalization.messages.urls")),
    path("", include("personalization.offering.steering_urls")),
    path("you/offers/", include("personalization.offering.urls")),
    path("you/", include("personalization.people.urls")),
    path("marketing/wordings/", include("personalization.people.wording_urls")),
    path("marketing/messages/", include("personalization.messages.marketing_urls")),
    path("marketing/", include("personalization.marketing.urls")),
    path("", include("personalization.brochures.urls")),
    path("", include("personalization.feeds.urls")),
    path("account/", include("accounts.urls")),
    path("", include("accounts.order_urls")),
    path("", include("orders.voices.urls")),
    path("", include("personalization.dialogue.urls")),
    path("marketing/experiments/", include("personalization.experiments.urls")),
    path("marketing/journeys/", include("personalization.journeys.urls")),
    path("pages/", include("personalization.slots.site_urls")),
    path("marketing/pages/", include("personalization.slots.urls")),
    path("marketing/offers/", include("personalization.offering.marketing_urls")),
    path("marketing/inbox/", include("personalization.dialogue.marketing_urls")),
    path("account/", include("accounts.sign_in_urls")),
    path("", include("orders.changes.urls")),
    path("", include("orders.paying.urls")),
    path("", include("orders.factory.story_urls")),
    path("", include("orders.quotes.urls")),
    path("", include("orders.cart.urls")),
    path("", include("orders.urls")),
    path("", include("configurator.sharing.urls")),
    path("", include("configurator.wizard.urls")),
]
