"""What people send who mean harm: files, texts, questions. All of it is made here, by code."""

from django.db import connection


def nothing_need_last() -> None:
    """These drills kill nobody: no commit has to wait for the disk."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER ROLE CURRENT_USER SET synchronous_commit = off")
    connection.close()
