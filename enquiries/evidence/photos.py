"""Photos are drawn anew, so that nothing but the picture is kept: no place, no camera, no code."""

import struct
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from threading import Lock

from django.core.exceptions import ValidationError
from PIL import Image, ImageFile, ImageOps

from enquiries.models import Evidence

FORMATS = {
    Evidence.Kind.JPEG: "JPEG",
    Evidence.Kind.PNG: "PNG",
    Evidence.Kind.WEBP: "WEBP",
}
LONGEST_SIDE = 2400  # pixels: a full page of A4 in print
LONGEST_SIDE_OF_THUMBNAIL = 640
MOST_PIXELS = 50_000_000  # what a phone takes; decoded they need some 200 MB
QUALITY = 85

TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_LOCK = Lock()
BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error)


@contextmanager
def _strictly():
    """Pillow refuses pictures that break off, whatever the typesetter of PDFs has told it."""
    with _LOCK:
        before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


@dataclass(frozen=True)
class Photo:
    """Bytes of the picture in its own format, and of a small JPEG of it."""

    content: bytes
    thumbnail: bytes


def redrawn(content: bytes, kind: Evidence.Kind) -> Photo:
    """The picture upright, at most LONGEST_SIDE, without metadata."""
    try:
        with _strictly():
            return _redrawn(content, FORMATS[kind])
    except TOO_LARGE as bomb:
        raise _too_many_pixels() from bomb
    except BROKEN as broken:
        raise ValidationError(
            "File is a damaged photo. Save it again, or take another, and choose that"
        ) from broken


def _redrawn(content: bytes, form: str) -> Photo:
    with Image.open(BytesIO(content), formats=[form]) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise Image.DecompressionBombError
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture = _bare(ImageOps.exif_transpose(opened))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    small = _on_white(picture)
    small.thumbnail((LONGEST_SIDE_OF_THUMBNAIL, LONGEST_SIDE_OF_THUMBNAIL))
    whole = _on_white(picture) if form == "JPEG" else picture
    return Photo(_saved(whole, form), _saved(small, "JPEG"))


def _too_many_pixels() -> ValidationError:
    millions = MOST_PIXELS // 1_000_000
    return ValidationError(f"Photo must have {millions} million pixels or fewer. Make it smaller")


def _bare(picture: Image.Image) -> Image.Image:
    """The pixels alone, with transparency if it has any."""
    drawn = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    drawn.info.clear()
    return drawn


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB":
        return picture.copy()
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white


def _saved(picture: Image.Image, form: str) -> bytes:
    file = BytesIO()
    picture.save(file, form, quality=QUALITY, optimize=form == "JPEG")
    return file.getvalue()
