"""The door for the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hotline.settings")
application = get_wsgi_application()

get_resolver().url_patterns  # noqa: B018 - every page is loaded now, not with somebody's first request
gc.collect()
gc.freeze()  # what is loaded stays: each request would pay for looking through it for garbage
