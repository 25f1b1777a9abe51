"""Short addresses that messages lead to, and where a gateway tells what became of them."""

from django.urls import URLPattern, path

from personalization.messages import callbacks, link_views

app_name = "message_links"
urlpatterns: list[URLPattern] = [
    path("hooks/sms/", callbacks.hook, name="sms_hook"),
    path("l/<str:word>/", link_views.follow, name="follow"),
    path("n/<str:word>/", link_views.out, name="out"),
]
