"""The WSGI application, for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

application = get_wsgi_application()

# what is loaded by now stays: no request has to wait while the garbage collector looks through it
gc.collect()
gc.freeze()
