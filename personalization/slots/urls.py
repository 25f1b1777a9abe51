"""Addresses below `/marketing/pages/`."""

from django.urls import URLPattern, path

from personalization.slots import views

app_name = "slots"
urlpatterns: list[URLPattern] = [
    path("", views.listed, name="list"),
    path("new/<str:place>/", views.new, name="new"),
    path("look/", views.look, name="look"),
    path("look/page/", views.looked_at, name="looked_at"),
    path("<int:pk>/", views.edit, name="edit"),
    path("<int:pk>/remove/", views.remove, name="remove"),
    path("<int:pk>/switch/", views.switch, name="switch"),
]
