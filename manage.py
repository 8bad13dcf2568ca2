#!/usr/bin/env python
"""Django's commands. Where no DATABASE_URL or REDIS_URL is set, the embedded servers are started first."""

import os
import sys

WITHOUT_SERVERS = {
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "help",
    "makemessages",
    "restore",
    "version",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hotline.settings")
    from django.conf import settings
    from django.core.management import execute_from_command_line

    if len(sys.argv) > 1 and sys.argv[1] not in WITHOUT_SERVERS and settings.EMBEDDED_IN_USE:
        settings.EMBEDDED.ensure()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
