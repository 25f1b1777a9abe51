"""Addresses below `/marketing/wordings/`."""

from django.urls import URLPattern, path

from personalization.people import wording_views as views

app_name = "wordings"
urlpatterns: list[URLPattern] = [
    path("", views.listed, name="list"),
    path("<slug:purpose>/", views.wording, name="one"),
]
