"""Who the client is and how it came: a header says so only where one of our own proxies wrote it.

``TRUSTED_PROXIES`` names the networks they stand in. From then on ``REMOTE_ADDR`` is the client's address, and nobody
has to look at a header again.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.core.signals import setting_changed
from django.http import HttpRequest, HttpResponse

FORWARDED_FOR, FORWARDED_PROTO = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class ProxyMiddleware:
    """Puts the client's address in its place, and takes away what anybody may write."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        told = request.META.pop(FORWARDED_FOR, "")
        if is_ours(request.META.get("REMOTE_ADDR", "")):
            request.META["REMOTE_ADDR"] = client_of(request.META["REMOTE_ADDR"], told)
        else:
            request.META.pop(FORWARDED_PROTO, None)
        return self.get_response(request)


def client_of(peer: str, forwarded_for: str) -> str:
    """The nearest address that is not a proxy of ours. What stands left of it is the client's own invention."""
    for told in reversed(forwarded_for.split(",")):
        address = _address(told)
        if address is None:
            return peer
        peer = str(address)
        if not is_ours(peer):
            return peer
    return peer


def is_ours(address: str) -> bool:
    found = _address(address)
    return found is not None and any(found in network for network in _networks())


def _address(text: str) -> Address | None:
    try:
        found = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


@cache
def _networks() -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(network) for network in settings.TRUSTED_PROXIES)


def _forget(*, setting: str, **_kwargs: object) -> None:
    if setting == "TRUSTED_PROXIES":
        _networks.cache_clear()


setting_changed.connect(_forget)
