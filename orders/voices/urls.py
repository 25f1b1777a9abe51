"""Addresses below an order's own."""

from django.urls import URLPattern, path

from orders.voices import views

app_name = "voices"
urlpatterns: list[URLPattern] = [
    path("o/<str:token>/<int:n>/voice/", views.say, name="say"),
    path("o/<str:token>/<int:n>/voice/delete/", views.take_back, name="take_back"),
    path("o/<str:token>/<int:n>/voice/photo.jpg", views.photo, name="photo"),
    path("voices/<int:pk>/picture.webp", views.picture, name="picture"),
    path("o/<str:token>/quiet/", views.quiet, name="quiet"),
]
