"""Addresses of the customer's own pages."""

from django.urls import URLPattern, path

from accounts.views import home, security

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("designs/", home.all_designs, name="designs"),
    path("designs/<uuid:design_id>/name/", home.rename, name="rename"),
    path("designs/<uuid:design_id>/remove/", home.remove, name="remove"),
    path("orders/", home.all_orders, name="orders"),
    path("security/", security.security, name="security"),
]
