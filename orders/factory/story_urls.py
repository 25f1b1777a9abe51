"""What the workshop shows at an order's own address."""

from django.urls import URLPattern, path

from orders.factory import showing_views as views

app_name = "story"
urlpatterns: list[URLPattern] = [
    path("o/<str:token>/photos/<int:photo>.jpg", views.shown, name="photo"),
]
