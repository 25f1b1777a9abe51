"""How often one address may ask: counted by minutes, in the cache of the process."""

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

MINUTE = 60


class PerMinute(BaseThrottle):
    """So many requests a minute from one address; `setting` names how many, 0: no limit."""

    def __init__(self, setting: str) -> None:
        self.setting = setting

    def allow_request(self, request: HttpRequest) -> bool:
        most = int(getattr(settings, self.setting))
        if not most:
            return True
        minute = int(time.time()) // MINUTE
        key = f"rate:{self.setting}:{request.META.get('REMOTE_ADDR', '')}:{minute}"
        cache.add(key, 0, MINUTE * 2)
        try:
            return cache.incr(key) <= most
        except ValueError:  # it was dropped in between
            return True

    def wait(self) -> float:
        """Seconds until the next minute."""
        return MINUTE - time.time() % MINUTE
