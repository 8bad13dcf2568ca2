"""A call without a telephone platform: for trying things out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases import telephony
from cases.models import Call
from cases.telephony import CallAct, CallEvent
from hotline.acts import Refusal
from hotline.identifiers import uuid7


class Command(BaseCommand):
    help = "Reports a call that this agent answers now, or the end of the one they are on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("phone", help="the caller's number")
        parser.add_argument("--agent", required=True, help="username or staff number")
        parser.add_argument("--queue", default="综合")
        parser.add_argument("--wait", type=int, default=9, help="seconds in the queue")
        parser.add_argument("--end", action="store_true", help="end the agent's live calls instead")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            ended = self.end(options["agent"], now) if options["end"] else None
            said = f"{ended} ended" if ended is not None else self.place(options, now)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(said)

    def place(self, options: dict[str, Any], now: datetime) -> str:
        known = f"local-{uuid7()}"
        offered = now - timedelta(seconds=options["wait"])
        telephony.record_call(
            CallEvent(known, CallAct.OFFERED, offered, caller=options["phone"], queue=options["queue"]), by=None, at=now
        )
        telephony.record_call(CallEvent(known, CallAct.ANSWERED, now, agent=options["agent"]), by=None, at=now)
        return known

    def end(self, agent: str, now: datetime) -> int:
        live = Call.objects.filter(agent__username=agent, answered_at__isnull=False, ended_at__isnull=True)
        for call in live:
            telephony.record_call(CallEvent(call.platform_id, CallAct.ENDED, now), by=None, at=now)
        return len(live)
