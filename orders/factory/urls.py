"""The factory's pages, under /factory/."""

from django.urls import path

from orders.factory import views

app_name = "factory"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("scan/", views.scan, name="scan"),
    path("<str:number>/", views.work_order, name="work_order"),
    path("<str:number>/start/", views.start, name="start"),
    path("<str:number>/finish/", views.finish, name="finish"),
    path("<str:number>/picture.jpg", views.picture, name="picture"),
    path("<str:number>/sheet.<str:size>.pdf", views.paper, name="paper"),
]
