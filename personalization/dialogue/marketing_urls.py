"""The inbox's addresses, below `/marketing/`."""

from django.urls import URLPattern, path

from personalization.dialogue import deciding_views, inbox_views

app_name = "marketing_inbox"
urlpatterns: list[URLPattern] = [
    path("", inbox_views.listed, name="inbox"),
    path("talk/<uuid:thread_id>/", inbox_views.thread, name="thread"),
    path("talk/<uuid:thread_id>/act/", inbox_views.act, name="act"),
    path("talk/<uuid:thread_id>/picture.webp", inbox_views.picture, name="picture"),
    path("saved/", inbox_views.saved_answers, name="saved"),
    path("saved/<int:pk>/", inbox_views.saved_answer, name="saved_answer"),
    path("ideas/", deciding_views.ideas_listed, name="ideas"),
    path("ideas/<uuid:idea_id>/", deciding_views.idea, name="idea"),
    path("changed/", deciding_views.changed_products, name="changed_products"),
    path("changed/<uuid:release_id>/", deciding_views.changed, name="changed"),
]
