"""Addresses that pages of brands fetch from."""

from django.urls import path

from configurator.shops import views

app_name = "shops"
urlpatterns = [
    path("in/<slug:shop>/embed.js", views.script, name="script"),
    path("embed/<slug:shop>/<slug:theme>/logo", views.logo, name="logo"),
    path("embed/<slug:shop>/<str:theme>-<slug:mark>.css", views.style, name="style"),
]
