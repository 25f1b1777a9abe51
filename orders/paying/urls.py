from django.urls import URLPattern, path

from orders.paying import views

app_name = "paying"
urlpatterns: list[URLPattern] = [
    path("o/<str:token>/pay/", views.pay, name="pay"),
    path("o/<str:token>/paid/", views.back, name="back"),
    path("o/<str:token>/invoice.pdf", views.invoice, name="invoice"),
    path("payments/<slug:way>/messages/", views.messages, name="messages"),
    path("sandbox/card/<slug:session_id>/", views.sandbox, name="sandbox"),
]
