"""The factory's pages, under /factory/."""

from django.urls import path

from orders.factory import print_views, views
from orders.factory.figures import views as figures

app_name = "factory"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("scan/", views.scan, name="scan"),
    path("print/", print_views.print_papers, name="print"),
    path("print/<uuid:batch>/", print_views.batch, name="print_batch"),
    path("print/<uuid:batch>/again/", print_views.again, name="print_again"),
    path("print/<uuid:batch>/<str:file>", print_views.file_of, name="print_file"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<slug:table>.csv", figures.download, {"suffix": "csv"}, name="figures_csv"),
    path("figures/<slug:table>.xlsx", figures.download, {"suffix": "xlsx"}, name="figures_xlsx"),
    path("<str:number>/", views.work_order, name="work_order"),
    path("<str:number>/start/", views.start, name="start"),
    path("<str:number>/finish/", views.finish, name="finish"),
    path("<str:number>/picture.jpg", views.picture, name="picture"),
    path("<str:number>/sheet.<str:size>.pdf", views.paper, name="paper"),
]
