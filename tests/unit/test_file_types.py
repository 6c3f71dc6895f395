"""A file is what its bytes say."""

import io

import pytest

from bot.domain.conversations import AttachmentKind
from bot.domain.file_types import FILE_TYPES, LONGEST_NAME, attachment_of, safe_name, type_of
from bot.domain.files import StoredFile
from tests import sample_files as files


def content_type(content: bytes) -> str | None:
    found = type_of(io.BytesIO(content))
    return found.content_type if found else None


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (files.PNG, "image/png"),
        (files.JPEG, "image/jpeg"),
        (b"GIF89a\x01\x00\x01\x00", "image/gif"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "image/heic"),
        (files.MP4, "video/mp4"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0", "video/quicktime"),
        (b"\0\0\0\x1cftypM4A \0\0\0\0", "audio/mp4"),
        (b"ID3\x04\0\0\0", "audio/mpeg"),
        (files.PDF, "application/pdf"),
        (files.DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (
            files.archive("xl/workbook.xml", "[Content_Types].xml"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ],
)
def test_what_is_taken_is_known_by_its_content(content: bytes, wanted: str) -> None:
    assert content_type(content) == wanted
    assert wanted in FILE_TYPES


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        files.HTML,
        files.SVG,
        files.EXE,
        b"\0\0\0\x18ftypavif\0\0\0\0",
        b"RIFF\x24\0\0\0WAVEfmt ",
        files.archive("a.exe"),
        files.archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        files.DOCX[:40],
    ],
)
def test_what_a_browser_could_run_and_what_nobody_knows_is_not(content: bytes) -> None:
    assert content_type(content) is None


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("表底.PNG", "表底.png"),
        ("合同.pdf.exe", "合同.pdf.png"),
        ("../../etc/passwd", "passwd.png"),
        ("C:\\照片\\a.jpg", "a.png"),
        ("", "未命名.png"),
        (" . ", "未命名.png"),
        ("a\u202egnp.exe\0", "agnp.png"),
        ('<b>"x"</b>', "b.png"),
        ("长" * 300, "长" * (LONGEST_NAME - 4) + ".png"),
    ],
)
def test_a_name_is_safe_to_be_saved_under(name: str, wanted: str) -> None:
    assert safe_name(name, FILE_TYPES["image/png"]) == wanted


@pytest.mark.parametrize(
    ("of", "kind", "label"),
    [
        ("image/png", AttachmentKind.IMAGE, "［图片］"),
        ("video/mp4", AttachmentKind.VIDEO, "［视频］"),
        ("audio/mpeg", AttachmentKind.VOICE, "［语音］"),
        ("application/pdf", AttachmentKind.FILE, "［文件 合同.pdf］"),
        ("image/heic", AttachmentKind.FILE, "［文件 合同.pdf］"),
    ],
)
def test_it_is_named_for_people(of: str, kind: AttachmentKind, label: str) -> None:
    attachment = attachment_of(StoredFile(id="f", name="合同.pdf", content_type=of, size=1))
    assert (attachment.kind, attachment.label) == (kind, label)
