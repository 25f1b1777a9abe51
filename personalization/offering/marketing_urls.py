"""Addresses below `/marketing/offers/`."""

from django.urls import URLPattern, path

from personalization.offering import views

app_name = "offering"
urlpatterns: list[URLPattern] = [
    path("", views.listed, name="list"),
    path("new/", views.edit, name="new"),
    path("lowest/", views.lowest, name="lowest"),
    path("<int:pk>/", views.offer, name="offer"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/mint/", views.mint, name="mint"),
    path("<int:pk>/codes/", views.codes, name="codes"),
    path("<int:pk>/codes.csv", views.download, name="download"),
    path("<int:pk>/turn/", views.turn, name="turn"),
]
