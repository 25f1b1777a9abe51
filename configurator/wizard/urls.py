from django.urls import URLPattern, path

from configurator.wizard import views

app_name = "wizard"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
]
