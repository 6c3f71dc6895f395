"""Files as small as can be, for tests that send some."""

import io
import zipfile

#: One red pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 40 + b"\xff\xd9"
PDF = b"%PDF-1.4\n%%EOF\n"
MP4 = b"\0\0\0\x18ftypisom\0\0\0\0isommp42"
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
EXE = b"MZ\x90\0" + b"\0" * 60


def archive(*names: str) -> bytes:
    """A zip file with these entries."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as zipped:
        for name in names:
            zipped.writestr(name, "x")
    return content.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
