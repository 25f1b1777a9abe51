from django.urls import URLPattern

app_name = "factory"
urlpatterns: list[URLPattern] = []
