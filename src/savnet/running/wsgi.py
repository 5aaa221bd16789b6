"""The entry for web servers: `waitress-serve savnet.running.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "savnet.running.settings")
application = get_wsgi_application()
