"""Which files are taken, told by their content: a name and a browser's word prove nothing."""

import re
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from bot.domain.conversations import Attachment, AttachmentKind
from bot.domain.files import StoredFile

#: Of a name, what is kept at most, in characters.
LONGEST_NAME = 80


@dataclass(frozen=True)
class FileType:
    content_type: str
    #: What its name ends in.
    ending: str
    kind: AttachmentKind


_JPEG = FileType("image/jpeg", "jpg", AttachmentKind.IMAGE)
_PNG = FileType("image/png", "png", AttachmentKind.IMAGE)
_GIF = FileType("image/gif", "gif", AttachmentKind.IMAGE)
_WEBP = FileType("image/webp", "webp", AttachmentKind.IMAGE)
#: What iPhones keep; few browsers show it, so it is a file to be saved.
_HEIC = FileType("image/heic", "heic", AttachmentKind.FILE)
_MP4 = FileType("video/mp4", "mp4", AttachmentKind.VIDEO)
_MOV = FileType("video/quicktime", "mov", AttachmentKind.VIDEO)
_M4A = FileType("audio/mp4", "m4a", AttachmentKind.VOICE)
_MP3 = FileType("audio/mpeg", "mp3", AttachmentKind.VOICE)
_PDF = FileType("application/pdf", "pdf", AttachmentKind.FILE)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_DOCX = FileType(f"{_OFFICE}wordprocessingml.document", "docx", AttachmentKind.FILE)
_XLSX = FileType(f"{_OFFICE}spreadsheetml.sheet", "xlsx", AttachmentKind.FILE)

#: All that are taken, by content type.
FILE_TYPES: Mapping[str, FileType] = {
    each.content_type: each for each in (_JPEG, _PNG, _GIF, _WEBP, _HEIC, _MP4, _MOV, _M4A, _MP3, _PDF, _DOCX, _XLSX)
}

_STARTS = {
    b"\xff\xd8\xff": _JPEG,
    b"\x89PNG\r\n\x1a\n": _PNG,
    b"GIF87a": _GIF,
    b"GIF89a": _GIF,
    b"%PDF-": _PDF,
    b"ID3": _MP3,
    b"\xff\xfb": _MP3,
    b"\xff\xf3": _MP3,
}
#: The brand of an ISO media file, which follows "ftyp".
_BRANDS = {b"qt  ": _MOV, b"M4A ": _M4A, b"M4B ": _M4A}
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"mif1", b"msf1"})
_MP4_BRAND = re.compile(rb"iso[m0-9]|mp4[0-9]|avc1|M4V |MSNV|dash|3gp.|mmp4")


def type_of(content: BinaryIO) -> FileType | None:
    """What the bytes are; None: nothing that is taken."""
    content.seek(0)
    head = content.read(16)
    for start, found in _STARTS.items():
        if head.startswith(start):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _WEBP
    if head[4:8] == b"ftyp":
        return _of_brand(head[8:12])
    return _office(content) if head.startswith(b"PK\x03\x04") else None


def attachment_of(file: StoredFile) -> Attachment:
    """How a message carries it."""
    kind = FILE_TYPES[file.content_type].kind
    label = {AttachmentKind.IMAGE: "［图片］", AttachmentKind.VIDEO: "［视频］", AttachmentKind.VOICE: "［语音］"}
    return Attachment(kind=kind, label=label.get(kind, f"［文件 {file.name}］"), file=file)


def safe_name(name: str, found: FileType) -> str:
    """The sender's name for it without path and what no disk takes, ending as the content wants it."""
    stem = re.split(r"[/\\]", name)[-1]
    stem = "".join(char for char in stem if unicodedata.category(char)[0] != "C" and char not in '<>:"|?*［］')
    stem = stem.rpartition(".")[0] or stem
    stem = stem.strip(" .")[: LONGEST_NAME - len(found.ending) - 1]
    return f"{stem or '未命名'}.{found.ending}"


def _of_brand(brand: bytes) -> FileType | None:
    if brand in _HEIC_BRANDS:
        return _HEIC
    return _BRANDS.get(brand) or (_MP4 if _MP4_BRAND.fullmatch(brand) else None)


def _office(content: BinaryIO) -> FileType | None:
    """A document of Word or Excel without macros; any other archive is nothing."""
    try:
        names = set(zipfile.ZipFile(content).namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return None
    if "[Content_Types].xml" not in names or any(name.endswith("vbaProject.bin") for name in names):
        return None
    if "word/document.xml" in names:
        return _DOCX
    return _XLSX if "xl/workbook.xml" in names else None
