"""The web server's door. What is loaded here stays to the end, so the collector of garbage need not look at it with
every long page again: of a plan of five hundred activities it took a quarter of the time.
"""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")
application = get_wsgi_application()
gc.collect()
gc.freeze()
