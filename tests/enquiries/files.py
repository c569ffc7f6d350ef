"""Real files to attach, and files that are not what they seem, each as bytes."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf
from PIL import Image, ImageDraw

CONTENT_TYPES = '<?xml version="1.0"?><Types><Override ContentType="{}"/></Types>'
OFFICE = "application/vnd.openxmlformats-officedocument"
MAIN = {
    "docx": f"{OFFICE}.wordprocessingml.document.main+xml",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet.main+xml",
    "pptx": f"{OFFICE}.presentationml.presentation.main+xml",
    "docm": "application/vnd.ms-word.document.macroEnabled.main+xml",
}
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
TURNED = 6  # the camera was held upright: rows of the file are columns of the picture


def drawn(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """A wall display: red on the left, blue on the right."""
    picture = Image.new(mode, (width, height), "red")
    ImageDraw.Draw(picture).rectangle((width // 2, 0, width, height), fill="blue")
    return picture


def photo(form: str = "JPEG", picture: Image.Image | None = None, **options) -> bytes:
    file = BytesIO()
    (picture or drawn()).save(file, form, **options)
    return file.getvalue()


def photo_from_a_phone() -> bytes:
    """Held upright, with the place and the camera in it."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = TURNED, "Quokka Cameras"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (51.0, 14.0, 10.0)
    return photo(exif=exif, comment=b"Quokka Primary", quality=95)


def pdf() -> bytes:
    file = BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(file)
    return file.getvalue()


def package(members: dict[str, str | bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return file.getvalue()


def office(kind: str, **more: str | bytes) -> bytes:
    return package({"[Content_Types].xml": CONTENT_TYPES.format(MAIN[kind]), **more})


def open_document(kind: str, **more: str | bytes) -> bytes:
    return package({"mimetype": f"application/vnd.oasis.opendocument.{kind}", **more})
