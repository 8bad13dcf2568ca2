"""The inbox, and the keys for programs: what belongs to the person alone."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hotline import inbox as notices
from hotline import tokens
from hotline.acts import AlreadyAnswered, Refusal
from hotline.forms import KeyForm
from hotline.guards import acting, requires
from hotline.models import ApiToken, Message
from hotline.models.message import READ, ways_to
from hotline.pages.performing import attach, perform
from hotline.paging import PARAMETER, page_of, pager
from hotline.roles import Capability

UNREAD_SHOWN = 50


@requires(Capability.NOTICES_READ)
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What is unread comes first, whole; what was read follows, a page at a time."""
    by, token = acting(request), request.GET.get(PARAMETER, "")
    latest = Message.objects.few_unread_of(by, UNREAD_SHOWN, "-created_at", "-id")
    unread = list(latest[:UNREAD_SHOWN]) if not token else []
    read = Message.objects.not_kept_from(by).filter(READ)
    page = page_of(read, "created_at", token, descending=True, ways=ways_to(by))
    for notice in (*unread, *page.rows):
        notice.case_url = _case_url(notice)  # type: ignore[attr-defined]
    context = {"unread": unread, "read": page.rows, "pager": pager(request.GET, page, "")}
    return render(request, "hotline/inbox.html", context)


def _case_url(notice: Message) -> str:
    """The page of what it speaks of: a case, or an address. Whether the reader may open it is that page's question."""
    if notice.about.startswith("/"):
        return notice.about
    try:
        return reverse("cases:case", args=[notice.about]) if notice.about else ""
    except NoReverseMatch:
        return ""


@requires(Capability.NOTICES_READ)
@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    """One notice, or all of those shown."""
    by, at = acting(request), timezone.now()
    ids = [UUID(given) for given in request.POST.getlist("notice") if _is_uuid(given)]

    def said(n: int) -> str:
        return ngettext("%(n)d notice marked as read.", "%(n)d notices marked as read.", n) % {"n": n}

    return perform(
        request,
        lambda: notices.mark_read(ids, by=by, at=at),
        then=lambda _n: reverse("hotline:inbox"),
        said=said,
    )


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@requires(Capability.SELF_USE)
@never_cache
@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """The person's own keys. A new one is shown in the answer to its making and never again."""
    by, at, raw = acting(request), timezone.now(), ""
    form = KeyForm(request.POST or None)
    if form.is_valid():
        try:
            raw, form = tokens.issue(by, by=by, at=at, **form.cleaned_data).raw, KeyForm()
        except Refusal as refusal:
            attach(form, refusal)
        except AlreadyAnswered:
            form.add_error(None, _("This key was made before and is not shown again. Revoke it and make another."))
    own = ApiToken.objects.filter(membership=by).order_by("-created_at", "-pk")[:50]
    context = {"form": form, "raw": raw, "keys": own, "now": at}
    return render(request, "hotline/keys.html", context, status=422 if form.errors else 200)


@requires(Capability.SELF_USE)
@require_POST
def revoke_key(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, at = acting(request), timezone.now()
    token = get_object_or_404(ApiToken, pk=pk, membership=by)
    return perform(
        request,
        lambda: tokens.revoke(token, by=by, at=at),
        then=lambda _token: reverse("hotline:tokens"),
        said=_("The key is revoked. Programs that use it are refused from now on."),
    )
