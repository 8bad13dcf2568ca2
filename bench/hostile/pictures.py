"""Pictures with a place in them, with something behind them, with too many pixels, or broken."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from PIL import Image, PngImagePlugin

CANARY = b"CANARY-31.2304N-121.4737E"
SCRIPT = b"<script>alert('CANARY-31.2304N-121.4737E')</script>"
GPS = {1: "N", 2: (31.0, 13.0, 49.44), 3: "E", 4: (121.0, 28.0, 25.32), 29: "2026:03:09"}
FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


class Hostile(NamedTuple):
    """A file, and whether its content may be kept at all; its canary may never be seen again."""

    label: str
    name: str
    content: bytes
    refused: bool = False
    canary: bytes = b""


def photograph(kind: str = "JPEG", *, mode: str = "RGB", size: tuple[int, int] = (320, 240), **how: Any) -> bytes:
    """A small picture with some detail."""
    picture = Image.effect_noise(size, 40).convert(mode)
    drawn = io.BytesIO()
    picture.save(drawn, kind, **how)
    return drawn.getvalue()


def exif() -> bytes:
    """Where it was taken, with what, and a remark."""
    tags = Image.Exif()
    tags[0x010E], tags[0x0110], tags[0x0112] = CANARY.decode(), "CANARY-31.2304N-121.4737E phone", 6
    tags.get_ifd(0x8825).update(GPS)
    tags.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0" + CANARY
    return tags.tobytes()


def xmp() -> bytes:
    return b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>' + CANARY + b"</exif:GPSLatitude></x:xmpmeta>"


def placed() -> Iterator[Hostile]:
    """Photographs that say where they were taken."""
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", CANARY.decode())
    told.add_itxt("XML:com.adobe.xmp", xmp().decode())
    told.add_text("Raw profile type exif", CANARY.decode(), zip=True)
    for kind, ending in FORMATS.items():
        more: dict[str, Any] = {"pnginfo": told} if kind == "PNG" else {"xmp": xmp()}
        for mode in ("RGB", "L") if kind == "JPEG" else ("RGB", "RGBA"):
            content = photograph(kind, mode=mode, exif=exif(), icc_profile=b"\0" * 128 + CANARY, **more)
            yield Hostile(f"place in a {kind} {mode}", f"现场.{ending}", content, canary=CANARY)
    yield Hostile("remark in a JPEG", "a.jpg", photograph(comment=CANARY), canary=CANARY)
    yield Hostile("place in a CMYK JPEG", "a.jpg", photograph(mode="CMYK", exif=exif()), canary=CANARY)


def with_companions() -> Iterator[Hostile]:
    """Two things in one file: the picture, and what somebody reads who ignores the picture."""
    archive = b"PK\x03\x04" + CANARY + b"PK\x05\x06" + bytes(18)
    hidden = {"page": SCRIPT, "archive": archive, "php": b"<?php /*" + CANARY + b"*/ system($_GET[0]); ?>",
              "pdf": b"%PDF-1.7\n" + CANARY, "program": b"MZ" + CANARY}  # fmt: skip
    for kind, ending in FORMATS.items():
        plain = photograph(kind)
        for what, tail in hidden.items():
            yield Hostile(f"{what} behind a {kind}", f"a.{ending}", plain + tail, canary=CANARY)
    jpeg, png = photograph(), photograph("PNG")
    segment = b"\xff\xe4" + struct.pack(">H", len(SCRIPT) + 2) + SCRIPT
    yield Hostile("script between a JPEG's parts", "a.jpg", jpeg[:2] + segment + jpeg[2:], canary=CANARY)
    chunk = _chunk(b"scRp", SCRIPT)
    yield Hostile("script between a PNG's parts", "a.png", png[:33] + chunk + png[33:], canary=CANARY)
    yield Hostile("page that begins like a JPEG", "a.jpg", b"\xff\xd8\xff\xe0" + SCRIPT, refused=True)
    yield Hostile("page that begins like a PNG", "a.png", b"\x89PNG\r\n\x1a\n" + SCRIPT, refused=True)
    yield Hostile("page that begins like a WebP", "a.webp", b"RIFF\0\0\0\0WEBP" + SCRIPT, refused=True)
    frames = [Image.effect_noise((64, 64), n) for n in (10, 40)]
    for kind in ("PNG", "WEBP"):
        moving = io.BytesIO()
        frames[0].save(moving, kind, save_all=True, append_images=frames[1:], exif=exif())
        yield Hostile(f"moving {kind}", f"a.{FORMATS[kind]}", moving.getvalue(), canary=CANARY)


def floods() -> Iterator[Hostile]:
    """Small files that unfold to more than a machine has."""
    for side in (12_000, 30_000, 2**31 - 1):
        header = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
        body = zlib.compress(bytes(4_000_000), 9)
        content = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")
        yield Hostile(f"PNG of {side} by {side}", "a.png", content, refused=True)
    wide = photograph("PNG", size=(16, 16))
    for kind, name in (("PNG", "a.png"), ("JPEG", "a.jpg")):
        blank = io.BytesIO()
        Image.new("1" if kind == "PNG" else "L", (14_000, 14_000)).save(blank, kind)
        yield Hostile(f"blank {kind} of 14000 by 14000", name, blank.getvalue(), refused=True)
    jpeg = bytearray(photograph())
    frame = jpeg.index(b"\xff\xc0")
    jpeg[frame + 5 : frame + 9] = b"\xff\xff\xff\xff"
    yield Hostile("JPEG of 65535 by 65535", "a.jpg", bytes(jpeg), refused=True)
    text = _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(200_000_000), 9))
    yield Hostile("PNG with a remark of 200 MB", "a.png", wide[:33] + text + wide[33:], canary=b"Comment\0")
    profile = _chunk(b"iCCP", b"p\0\0" + zlib.compress(bytes(200_000_000), 9))
    yield Hostile("PNG with a profile of 200 MB", "a.png", wide[:33] + profile + wide[33:])


def broken(chance: random.Random, n: int) -> Iterator[Hostile]:
    """Pictures cut short, and pictures with wrong bits in them."""
    for kind, ending in FORMATS.items():
        whole = photograph(kind, size=(640, 480))
        for share in (0.02, 0.3, 0.9):
            yield Hostile(f"{kind} cut at {share}", f"a.{ending}", whole[: int(len(whole) * share)], refused=True)
        for turn in range(n):
            bent = bytearray(whole)
            for _bit in range(chance.choice((1, 10, 200))):
                bent[chance.randrange(16, len(bent))] ^= 1 << chance.randrange(8)
            yield Hostile(f"{kind} bent {turn}", f"a.{ending}", bytes(bent))


def others() -> Iterator[Hostile]:
    """Pictures of kinds that are not kept."""
    for kind in ("GIF", "BMP", "TIFF", "ICO", "PPM", "TGA", "PCX", "JPEG2000"):
        make: Callable[[], bytes] = lambda kind=kind: photograph(kind, size=(32, 32))  # type: ignore[misc]  # noqa: E731
        yield Hostile(f"{kind} named as PNG", "a.png", make(), refused=True)
    yield Hostile("HEIC", "a.heic", b"\0\0\0\x18ftypheic" + bytes(80), refused=True)
    yield Hostile("GIF that is a script", "a.gif", b"GIF89a/*" + bytes(4) + b"*/=1;alert(1)", refused=True)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def pictures(chance: random.Random, n: int = 6) -> Iterator[Hostile]:
    for some in (placed(), with_companions(), floods(), broken(chance, n), others()):
        yield from some
