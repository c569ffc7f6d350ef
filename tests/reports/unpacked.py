"""Everything that a file says which somebody was handed, whatever its format."""

import html
import io
import re
import zipfile

import pypdfium2

XML = (".xml", ".rels")


def words_in(content: bytes) -> str:
    """Words and properties of a PDF, all parts of an archive, or the text itself.

    Of a part in XML its markup stands first, then its words without the markup between them.
    """
    if content.startswith(b"%PDF"):
        with pypdfium2.PdfDocument(io.BytesIO(content)) as pdf:
            told = [page.get_textpage().get_text_bounded() for page in pdf]
            return f"{pdf.get_metadata_dict()} {told}"
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(_part(name, archive.read(name)) for name in archive.namelist())
    return content.decode(errors="replace")


def _part(name: str, content: bytes) -> str:
    text = content.decode(errors="replace")
    if not name.endswith(XML):
        return f"{name} {text}"
    ends = re.sub(r"</w:p>|</si>|</v>|</c>", r"\g<0> ", text)
    return f"{name} {text} {html.unescape(re.sub('<[^>]*>', '', ends))}"
