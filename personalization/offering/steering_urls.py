"""The address below a design where a choice is taken that is ready sooner."""

from django.urls import URLPattern, path

from personalization.offering import steering_views

app_name = "steering"
urlpatterns: list[URLPattern] = [
    path("d/<uuid:design_id>/sooner/", steering_views.take, name="take"),
]
