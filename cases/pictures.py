"""Pictures are opened and drawn anew before they are kept: what is not part of the picture stays outside.

A photograph carries where and with which telephone it was taken, sometimes a thumbnail of what was cut off, and
anything that somebody hid before, between or behind its parts. The kept copy shows the same and carries nothing else.
"""

from __future__ import annotations

import io
import threading
import warnings

from PIL import Image, ImageOps

PIXELS = 40_000_000  # held in memory at once; a flood of pixels in a small file is no photograph
SIDE = 4096  # what a reader can use
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_one_at_a_time = threading.Lock()  # so that any number of uploads takes the memory of one


class NotAPictureError(ValueError):
    """It begins like a picture, and cannot be opened as one."""


def clean_copy(content: bytes, kind: str) -> bytes:
    """The picture upright, without place, device and other additions. Raises NotAPictureError."""
    try:
        with _one_at_a_time, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a garbled tag, which is thrown away anyhow
            return _drawn(content, FORMATS[kind])
    except (OSError, ValueError, SyntaxError, ArithmeticError, EOFError, MemoryError, KeyError, IndexError) as error:
        raise NotAPictureError(str(error)) from error
    except Image.DecompressionBombError as error:
        raise NotAPictureError("too many pixels") from error


def _drawn(content: bytes, expected: str) -> bytes:
    with Image.open(io.BytesIO(content), formats=[expected]) as picture:
        picture.draft(None, (SIDE // 2, SIDE // 2))  # a large JPEG is decoded at a half or a quarter from the start
        if picture.width * picture.height > PIXELS:
            raise NotAPictureError("too many pixels")
        picture.thumbnail((SIDE, SIDE))
        clear = picture.has_transparency_data and expected != "JPEG"
        bare = ImageOps.exif_transpose(picture).convert("RGBA" if clear else "RGB")
    bare.info.clear()
    drawn = io.BytesIO()
    bare.save(drawn, format=expected, **({} if expected == "PNG" else {"quality": 88}))
    return drawn.getvalue()
