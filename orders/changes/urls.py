"""Addresses under an order's own, so whoever has that may change it."""

from django.urls import URLPattern, path

from orders.changes import views

app_name = "changes"
urlpatterns: list[URLPattern] = [
    path("o/<str:token>/cancel/", views.cancel, name="cancel"),
]
