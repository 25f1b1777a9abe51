"""Short addresses that messages lead to."""

from django.urls import URLPattern, path

from personalization.messages import link_views

app_name = "message_links"
urlpatterns: list[URLPattern] = [
    path("l/<str:word>/", link_views.follow, name="follow"),
    path("n/<str:word>/", link_views.out, name="out"),
]
