"""Addresses of the customer's own pages."""

from django.urls import URLPattern, path

from accounts.views import addresses, again, data, entering, home, security

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("designs/", home.all_designs, name="designs"),
    path("designs/<uuid:design_id>/name/", home.rename, name="rename"),
    path("designs/<uuid:design_id>/remove/", home.remove, name="remove"),
    path("orders/", home.all_orders, name="orders"),
    path("links/", again.mail_links, name="mail_links"),
    path("addresses/", addresses.all_addresses, name="addresses"),
    path("addresses/add/", addresses.add, name="add_address"),
    path("addresses/<int:pk>/", addresses.edit, name="edit_address"),
    path("addresses/<int:pk>/standard/", addresses.standard, name="standard_address"),
    path("addresses/<int:pk>/remove/", addresses.remove, name="remove_address"),
    path("data/", data.data, name="data"),
    path("data/mailed/<str:proof>/", data.proven, name="data_proven"),
    path("data/export/", data.ask_export, name="ask_export"),
    path("data/erase/", data.ask_erase, name="ask_erase"),
    path("data/export/<uuid:key>/", data.export_page, name="export_page"),
    path("data/export/<uuid:key>/my-data.zip", data.export, name="export"),
    path("enter/<str:key>/", entering.enter, name="enter"),
    path("security/", security.security, name="security"),
]
