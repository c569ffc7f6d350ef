"""What a file is told to be from its bytes, what is taken out of it, and what is refused."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, ImageFile

from enquiries.evidence import packages, photos
from enquiries.evidence.contents import KINDS_TAKEN, examined
from tests.enquiries import files

DAMAGED = "File is damaged or protected. Save it again and choose that"
DAMAGED_PHOTO = "File is a damaged photo. Save it again, or take another, and choose that"
MACROS = "File has macros, which may do harm. Save it without macros, as DOCX, XLSX or PPTX"
TOO_MUCH = "File holds more than a document can. Save it anew, or as PDF"
OLD_OFFICE = (
    "File is an old or password-protected Office file. Save it without a password as "
    "DOCX, XLSX, PPTX or PDF"
)
UNKNOWN_ZIP = (
    "File is a zip file or an unknown document. Choose the documents one by one: "
    "DOCX, XLSX, PPTX, ODT or ODS"
)


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def refusal(content: bytes, name: str = "file.jpg") -> list[str]:
    with pytest.raises(ValidationError) as refused:
        examined(content, name)
    return refused.value.messages


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (files.photo("JPEG"), "report.pdf", "jpg"),
        (files.photo("PNG"), "report.exe", "png"),
        (files.photo("WEBP"), "", "webp"),
        (files.pdf(), "photo.jpg", "pdf"),
        (files.office("docx"), "photo.jpg", "docx"),
        (files.office("xlsx"), "photo.jpg", "xlsx"),
        (files.office("pptx"), "photo.jpg", "pptx"),
        (files.open_document("text"), "photo.jpg", "odt"),
        (files.open_document("spreadsheet"), "photo.jpg", "ods"),
        (b"school,before,after\r\nA,3,4\r\n", "results.CSV", "csv"),
        (b"PK is a school. Pupils spoke < 3 times before.", "page.html", "txt"),
        ("Café – naïve".encode("cp1252"), "notes.txt", "txt"),
        ("\ufeffCafé – naïve".encode(), "notes.txt", "txt"),
    ],
)
def test_kind_is_told_from_the_content(content, name, kind):
    assert examined(content, name).kind == kind


def test_documents_and_texts_are_kept_as_they_are():
    contents = [files.pdf(), files.office("docx"), "é".encode("cp1252")]

    assert [examined(content, "file").content for content in contents] == contents


# Photos


def test_photo_is_upright_and_without_place_camera_or_comment():
    found = examined(files.photo_from_a_phone(), "photo.jpg")

    kept = opened(found.content)
    assert kept.size == (40, 60)
    assert (dict(kept.getexif()), kept.info.get("comment")) == ({}, None)
    assert b"Quokka" not in found.content + found.thumbnail
    top, bottom = (kept.getpixel((20, y)) for y in (5, 55))
    assert (top[0] > 200, bottom[2] > 200) == (True, True)


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_picture_keeps_its_transparency_but_no_metadata(form):
    exif = Image.Exif()
    exif[files.MAKE] = "Quokka"
    picture = files.drawn(mode="RGBA")
    picture.putpixel((0, 0), (0, 0, 0, 0))

    found = examined(files.photo(form, picture, exif=exif, lossless=True), "x")

    kept = opened(found.content)
    assert (kept.format, kept.mode, dict(kept.getexif())) == (form, "RGBA", {})
    assert opened(found.thumbnail).getpixel((0, 0)) > (200, 150, 150)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "CMYK", "I;16", "YCbCr"])
def test_every_mode_of_picture_can_be_kept(mode):
    form = "JPEG" if mode in ("CMYK", "YCbCr") else "PNG"
    picture = files.drawn(mode="L").convert(mode) if mode == "I;16" else files.drawn().convert(mode)

    found = examined(files.photo(form, picture), "x")

    assert opened(found.content).mode in ("RGB", "RGBA")
    assert opened(found.thumbnail).mode == "RGB"


def test_large_photo_is_made_smaller_and_its_thumbnail_smaller_still():
    found = examined(files.photo(picture=files.drawn(5000, 2500)), "x")

    assert opened(found.content).size == (photos.LONGEST_SIDE, photos.LONGEST_SIDE // 2)
    assert opened(found.thumbnail).size == (640, 320)


def test_bytes_after_a_picture_are_not_kept():
    found = examined(files.photo("PNG") + b"<script>Quokka</script>", "x")

    assert b"Quokka" not in found.content


@pytest.mark.parametrize("side", [7100, 12_000, 20_000])
def test_photo_with_too_many_pixels_is_refused(side):
    """Beyond our limit, beyond what the library warns of, and beyond what it opens at all."""
    bomb = files.photo("PNG", Image.new("1", (side, side)))

    assert refusal(bomb) == ["Photo must have 50 million pixels or fewer. Make it smaller"]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_photo_that_breaks_off_is_refused(form, monkeypatch):
    """Also in a process that has typeset a PDF, which tells Pillow to make do with what it gets."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    whole = files.photo(form, files.drawn(600, 400))

    assert refusal(whole[: len(whole) // 2]) == [DAMAGED_PHOTO]


@pytest.mark.parametrize("signature", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF1234WEBP"])
def test_photo_in_its_first_bytes_alone_is_refused(signature):
    assert refusal(signature + b"<html>" * 10) == [DAMAGED_PHOTO]


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"hevc", b"avif"])
def test_photo_of_a_newer_kind_is_refused_with_what_to_do(brand):
    assert refusal(b"\x00\x00\x00\x18ftyp" + brand)[0].startswith(
        "File is a HEIC photo. Save it as JPEG and choose that"
    )


# Documents


def test_pdf_that_breaks_off_is_refused():
    assert refusal(files.pdf()[:100]) == [
        "File is a PDF that breaks off. Save it again and choose that"
    ]


@pytest.mark.parametrize(
    "content",
    [
        files.office("docm"),
        files.office("docx", **{"word/vbaProject.bin": b"x"}),
        files.office("xlsx", **{"xl/macrosheets/sheet1.xml": b"x"}),
        files.office("xlsx", **{"xl/activeX/activeX1.bin": b"x"}),
        files.open_document("text", **{"Basic/Standard/Module1.xml": b"x"}),
        files.open_document("spreadsheet", **{"Scripts/python/a.py": b"x"}),
    ],
)
def test_document_with_macros_is_refused(content):
    assert refusal(content, "report.docx") == [MACROS]


@pytest.mark.parametrize(
    "content",
    [
        files.package({"report.docx": files.office("docx")}),
        files.package({"[Content_Types].xml": "<Types/>"}),
        files.package({"mimetype": "application/epub+zip"}),
        files.open_document("graphics"),
    ],
)
def test_zip_that_is_no_document_is_refused(content):
    assert refusal(content, "report.docx") == [UNKNOWN_ZIP]


def test_document_that_expands_without_end_is_refused():
    bomb = files.office("docx", **{"word/media/a.bin": bytes(packages.MOST_EXPANDED)})

    assert len(bomb) < 200_000
    assert refusal(bomb) == [TOO_MUCH]


def test_document_of_too_many_members_is_refused():
    many = {f"word/{number}.xml": b"" for number in range(packages.MOST_MEMBERS)}

    assert refusal(files.office("docx", **many)) == [TOO_MUCH]


def test_document_that_expands_to_more_than_it_says_is_refused():
    """The sizes it declares, in both places, are those of a small file."""
    size = 10_000_000
    honest = files.office("docx", **{"word/media/a.bin": bytes(size)})
    lying = honest.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))

    assert lying != honest
    assert refusal(lying) == [DAMAGED]


def test_document_with_a_spoilt_member_is_refused():
    whole = files.office("docx", **{"word/document.xml": b"Quokka" * 50})
    place = whole.index(b"word/document.xml") + len("word/document.xml")
    spoilt = whole[: place + 2] + b"\x00\x00\x00" + whole[place + 5 :]

    assert refusal(spoilt) == [DAMAGED]


def test_document_under_a_password_is_refused():
    """Bit 0 of each member's flags says that it is encrypted."""
    plain = files.office("docx")
    local = plain.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01")
    locked = local.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")

    assert locked != local != plain
    assert refusal(locked) == [DAMAGED]


def test_document_that_breaks_off_is_refused():
    whole = files.office("docx")

    assert refusal(whole[: len(whole) // 2]) == [DAMAGED]


def test_old_office_file_is_refused_with_what_to_do():
    refused = refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "report.doc")

    assert refused == [OLD_OFFICE]


# Everything else


@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html><p>Hello",
        b"  <HTML><body>",
        b"Notes first <script>alert(1)</script>",
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        b"\n\xef\xbb\xbf<svg onload='x'>",
        "\ufeff<svg>".encode(),
        b"Text < SVG onload=x>",
        b"#!/bin/sh\necho",
        b"{\\rtf1 Hello}",
        b"%!PS-Adobe-3.0",
        b"MZ\x90\x00\x03\x00\x00\x00",
        b"\x7fELF\x02\x01\x01",
        b"GIF89a\x01\x00\x01\x00",
        b"BM\x46\x00\x00\x00",
        b"PK\x05\x06" + bytes(18),
        "school;after".encode("utf-16"),
        b"undefined in cp1252: \x81\x8d",
        b"a,b\x00c",
        b"bell \x07",
    ],
)
@pytest.mark.parametrize("name", ["photo.jpg", "table.csv"])
def test_everything_else_is_refused_whatever_its_name(content, name):
    assert refusal(content, name) == [KINDS_TAKEN]
