"""The CSV route; the JSON API is in api.py."""

from django.urls import path

from orders.erp import views

app_name = "erp"
urlpatterns = [
    path("api/v1/files/<str:name>.csv", views.fetch, name="fetch"),
    path("factory/files/<str:name>.csv", views.download, name="download"),
]
