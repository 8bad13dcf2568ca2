"""Changing the key of personal data on a running system. See docs/operations.md."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from hotline.keyring import Keyring
from hotline.rotation import Progress, left_under, seal_anew

TOLD_EVERY = 5.0


class Command(BaseCommand):
    help = "Seal personal data anew with the key in force; may be killed and started again at any time"

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--new-key", action="store_true", help="first make a key, where keys are kept in a file")
        what.add_argument("--revoke", metavar="KEY", help="give a key up, if nothing is sealed with it any more")
        parser.add_argument("--rest", type=float, default=2.0, help="seconds left to others for a second of work")

    def handle(self, *args: Any, new_key: bool, revoke: str | None, rest: float, **options: Any) -> None:
        if new_key:
            self.make_key()
        elif revoke:
            self.revoke(revoke)
        else:
            self.seal_anew(rest)

    def make_key(self) -> None:
        """In the demo, whose keys lie in a file. Elsewhere the environment holds them."""
        fresh = Keyring.fresh().field_keys["1"]
        path = settings.EMBEDDED.root / "keys.json"
        if not settings.STANDALONE:
            raise CommandError(f"Add a key to FIELD_KEYS everywhere, for example 2:{fresh}; see .env.example.")
        key_id = Keyring.kept_in(path).turned(fresh).keep(path).field_key_current
        self.stdout.write(f"Key {key_id} is in force once web and workers are started again; then: rotate_keys")

    def revoke(self, key_id: str) -> None:
        if key_id == settings.FIELD_KEY_CURRENT:
            raise CommandError(f"Key {key_id} is in force: new values are sealed with it.")
        if left := left_under(key_id):
            where = ", ".join(f"{n} in {place}" for place, n in left.items())
            raise CommandError(f"Key {key_id} is still needed: {where}. Run rotate_keys first; nothing was changed.")
        if settings.STANDALONE:
            path = settings.EMBEDDED.root / "keys.json"
            Keyring.kept_in(path).without(key_id).keep(path)
        self.stdout.write(f"Nothing is sealed with key {key_id} any more. It can be taken out of FIELD_KEYS.")

    def seal_anew(self, rest: float) -> None:
        told = time.monotonic()

        def tell(progress: Progress) -> None:
            nonlocal told
            if time.monotonic() - told > TOLD_EVERY:
                told = time.monotonic()
                self.stdout.write(f"{progress.place}: {progress.done} sealed anew so far")

        progress = seal_anew(rest=rest, tell=tell)
        self.stdout.write(f"{progress.done} sealed anew.")
        if progress.unreadable:
            some = ", ".join(progress.unreadable[:10])
            self.stderr.write(f"{len(progress.unreadable)} cannot be opened and were left as they are: {some}")
        if progress.left or progress.unreadable:
            raise CommandError(f"{progress.left + len(progress.unreadable)} are left; run rotate_keys again.")
