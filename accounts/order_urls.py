"""What accounts add at an order's own address."""

from django.urls import URLPattern, path

from accounts.views import again

app_name = "again"
urlpatterns: list[URLPattern] = [
    path("o/<str:token>/<int:n>/again/", again.again, name="again"),
]
