"""Where people land after they have signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe


@login_required
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """To the room of one's role: the factory, the marketer's, the admin, or one's own pages."""
    user = request.user
    if not user.is_staff and not user.groups.exists():
        return redirect("accounts:home")
    if user.groups.filter(name="marketer").exists():
        return redirect("marketing:results")
    if user.is_staff and not user.groups.filter(name__startswith="factory").exists():
        return redirect("admin:index")
    return redirect("factory:queue")
