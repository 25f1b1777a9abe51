"""Addresses below `/pages/`, for everybody."""

from django.urls import URLPattern, path

from personalization.slots import site_views

app_name = "page_pictures"
urlpatterns: list[URLPattern] = [
    path("pictures/<str:sha>.webp", site_views.picture, name="picture"),
]
