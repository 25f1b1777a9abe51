"""Addresses below `/marketing/journeys/`."""

from django.urls import URLPattern, path

from personalization.journeys.views import reading

app_name = "journeys"
urlpatterns: list[URLPattern] = [
    path("", reading.listed, name="list"),
    path("<slug:journey>/", reading.shown, name="journey"),
]
