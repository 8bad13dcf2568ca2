"""What it takes to act: the verb decorator, the refusals it may raise, and the request an act belongs to.

A verb owns its transaction (durable) and never calls another verb. The last statement of that one transaction keeps the
request's key with the answer; so a repeat of the request finds either nothing or the answer, and of two that run at the
same time the later is undone and told what the earlier was told.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from axes.helpers import get_client_ip_address
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from structlog.contextvars import bind_contextvars, get_contextvars

from hotline import audit, ledger, rows
from hotline.context import RequestContext, current, current_request, within
from hotline.models import AuditEntry, Membership, RequestKey

P = ParamSpec("P")
R = TypeVar("R")
Sentence = str | Promise
KEY_LIMIT = 80


class Refusal(Exception):  # noqa: N818 - nothing went wrong
    """An act that was not done. ``str()`` is the sentence its author reads; ``code`` is stable for machines."""

    code = "refused"
    status = 409

    def __init__(self, sentence: Sentence, *, field: str = "", **extra: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.extra = extra

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(Refusal):
    """This person may not do that, to this case, in this role."""

    code = "not_allowed"
    status = 403


class NotNow(Refusal):
    """The act exists but not in the case's present state, or not any more."""

    code = "not_now"


class Stale(Refusal):
    """Somebody else changed the case meanwhile; ``extra['changes']`` says who, when and what."""

    code = "stale"


class Invalid(Refusal):
    """What was given is not acceptable; ``field`` names where."""

    code = "invalid"
    status = 422


class KeyReused(Refusal):
    """The same request key came with another body."""

    code = "key_reused"
    status = 422


class AlreadyAnswered(Exception):  # noqa: N818 - not an error: the request was done before
    """The request with this key was carried out before; ``answer`` is what it was told."""

    def __init__(self, answer: Any) -> None:
        super().__init__("already answered")
        self.answer = answer


@contextmanager
def answering(present: Callable[[Any], Any]) -> Iterator[RequestContext]:
    """Say what the request will be told, given the verb's result. It is stored with the act, as JSON.

    After the block ``context.answer`` holds that answer. Raises AlreadyAnswered for a repeat, KeyReused for a clash.
    """
    context = current_request.get() or RequestContext()
    context.present = present
    token = current_request.set(context)
    try:
        yield context
    finally:
        context.present = None
        current_request.reset(token)


def verb(func: Callable[P, R]) -> Callable[P, R]:
    """Make a function an act: one durable transaction that holds the change, its audit entry and the request's answer.

    The function takes what it acts on first, then ``by`` (a Membership, or None for the system) and ``at`` by keyword.
    ``because``, where an act asks for it, is kept in the entry as the actor's reason. An act that makes something gives
    it back, alone or before what goes with it. A refused act leaves an audit entry of its own.
    """
    name = f"{func.__module__.rpartition('.')[2]}.{func.__name__}"

    @wraps(func)
    def act(*args: P.args, **kwargs: P.kwargs) -> R:
        context = current()
        by, at = cast("Membership | None", kwargs.get("by")), cast(datetime, kwargs["at"])
        thing = args[0] if args and isinstance(args[0], Model) else None
        try:
            with transaction.atomic(durable=True), ledger.opened() as pending:
                result = func(*args, **kwargs)
                made = result[0] if isinstance(result, tuple) and result else result
                about = made if isinstance(made, Model) else thing
                audit.record(name, by=by, at=at, thing=about, reason=str(kwargs.get("because", "")).strip())
                answer = context.present(result) if context.present else None
                if not rows.insert(pending, once=_key(context, answer)):
                    raise _Repeated
        except (_Repeated, Refusal, IntegrityError) as stopped:
            replay(context)  # what stands in its way may be its own first sending
            if isinstance(stopped, Refusal):
                audit.record(name, by=by, at=at, thing=thing, result=AuditEntry.Result.REFUSED, reason=stopped.code)
            raise
        context.answer = answer
        return result

    return act


@contextmanager
def part(name: str) -> Iterator[RequestContext]:
    """One of several acts done for one request: it has a key derived from the request's, and is not done again."""
    whole = current()
    key = f"{whole.key}#{name}" if whole.key else ""
    if len(key) > KEY_LIMIT:
        key = hashlib.sha256(key.encode()).hexdigest()
    with within(replace(whole, key=key, present=None, answer=None)) as context, suppress(AlreadyAnswered):
        yield context


class _Repeated(Exception):  # noqa: N818
    """A request with the same key was carried out while this one was."""


def _key(context: RequestContext, answer: Any) -> RequestKey | None:
    if not context.key:
        return None
    return RequestKey(
        owner=context.owner,
        key=context.key,
        fingerprint=context.fingerprint,
        answer=answer,
        created_at=timezone.now(),
    )


def replay(context: RequestContext) -> None:
    """Raise AlreadyAnswered if this request was carried out before, KeyReused if its key had another body."""
    kept = RequestKey.objects.filter(owner=context.owner, key=context.key).first() if context.key else None
    if kept is None:
        return
    if bytes(kept.fingerprint) != context.fingerprint:
        raise KeyReused(_("This request key was already used for something else. Reload the page and try again."))
    raise AlreadyAnswered(kept.answer)


def after_all(refusal: Exception) -> Exception:
    """What a refused request is told: its twin's answer, if that was carried out meanwhile and so stood in its way."""
    try:
        replay(current())
    except (AlreadyAnswered, KeyReused) as known:
        return known
    return refusal


class RequestContextMiddleware:
    """Gives every request its id, and every POST its key (header ``Idempotency-Key`` or the form's hidden field)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        context = RequestContext(id=request_id(request), ip=get_client_ip_address(request) or None)
        request.id = context.id  # type: ignore[attr-defined]
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            context.key = (request.headers.get("Idempotency-Key") or _form_key(request))[:KEY_LIMIT]
            context.owner = f"public:{context.ip}"
            if membership := getattr(request, "membership", None):
                context.owner = str(membership.pk)
            context.fingerprint = _fingerprint(request) if context.key else b""
        with within(context):
            response = self.get_response(request)
        response["X-Request-ID"] = context.id
        return response


def request_id(request: HttpRequest) -> str:
    """The id the logs carry: the proxy's, if it looks like one, else a fresh one."""
    given = str(get_contextvars().get("request_id") or request.headers.get("X-Request-ID", ""))
    if 8 <= len(given) <= 36 and given.replace("-", "").isalnum():
        return given
    fresh = str(uuid.uuid4())
    bind_contextvars(request_id=fresh)
    return fresh


def _is_form(request: HttpRequest) -> bool:
    return request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data")


def _form_key(request: HttpRequest) -> str:
    return str(request.POST.get("idempotency_key", "")) if _is_form(request) else ""


def _content_of(upload: UploadedFile[Any]) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def _fingerprint(request: HttpRequest) -> bytes:
    """What must be the same for two requests to be one: where to, which version, what was said."""
    digest = hashlib.sha256(f"{request.method} {request.path} {request.headers.get('If-Match', '')}\n".encode())
    if _is_form(request):
        said = sorted((k, v) for k, v in request.POST.lists() if k != "csrfmiddlewaretoken")
        files = [(name, f.name, _content_of(f)) for name, uploads in request.FILES.lists() for f in uploads]
        digest.update(repr((said, sorted(files))).encode())
    else:
        digest.update(request.body)
    return digest.digest()
