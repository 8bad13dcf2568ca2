"""Backups: a verified copy of the whole database a day, every change since as it happens, and the files.

* The changes are received by pg_receivewal, which the database treats as its synchronous standby: nobody is told "done"
  before the change is on the backup's disk as well. Whoever loses the database's disk loses nothing acknowledged.
* If the backup can take no more, calls must still be taken: after `keeping.PATIENCE` writing goes on without it, and
  the sign "backup" at /health/ready says so until it has caught up.
* The keys are never in it. Without them personal data in it are noise, and `bin/restore` does nothing.
"""


class BackupError(RuntimeError):
    """What was asked for was not done; the sentence says why, and what to do."""
