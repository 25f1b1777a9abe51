"""A customer's own messages, below `/you/messages/`."""

from django.urls import URLPattern, path

from personalization.messages import phone_views, push_views, views

app_name = "own_messages"
urlpatterns: list[URLPattern] = [
    path("", views.own, name="list"),
    path("<int:pk>/put-away/", views.put_away, name="put_away"),
    path("phone/", phone_views.phone, name="phone"),
    path("phone/code/", phone_views.code, name="phone_code"),
    path("phone/again/", phone_views.again, name="phone_again"),
    path("phone/remove/", phone_views.remove, name="phone_remove"),
    path("push/", push_views.subscribe, name="push"),
    path("push/<int:pk>/stop/", push_views.stop, name="push_stop"),
]
