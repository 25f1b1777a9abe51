"""Feeds and their pictures, for everybody; audiences, for marketers."""

from django.urls import path

from personalization.feeds import views

app_name = "feeds"
urlpatterns = [
    path("marketing/ads/", views.ads, name="ads"),
    path("marketing/ads/audience/", views.audience, name="audience"),
    path("marketing/ads/<int:pk>/again/", views.again, name="again"),
    path("feeds/picture/<slug:slug>/<int:number>/<str:code>.jpg", views.picture, name="picture"),
    path("feeds/design/<str:link>.jpg", views.design_picture, name="design_picture"),
    path("feeds/<slug:format>/<slug:market>.<slug:kind>", views.feed, name="feed"),
]
