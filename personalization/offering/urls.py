"""Addresses below `/you/offers/`."""

from django.urls import URLPattern, path

from personalization.offering import own_views

app_name = "own_offers"
urlpatterns: list[URLPattern] = [
    path("<int:pk>/", own_views.claim, name="claim"),
]
