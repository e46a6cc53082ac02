"""Kinds of files that are not read, and how to make one of them that is. Edit freely."""

# fmt: off

# Each kind: what it is, and what to do.
ADVICE: dict[str, str] = {
    "word": (
        "is a Word document of the old kind. Open it in Word (or LibreOffice), choose Save As, "
        "and save it as Word Document (.docx)."
    ),
    "rtf": (
        "is a rich text file. Open it in Word (or LibreOffice), choose Save As, and save it as "
        "Word Document (.docx) or Plain Text (.txt, UTF-8)."
    ),
    "odt": (
        "is a LibreOffice document. Open it there, choose Save As, and save it as Word "
        "(.docx) or Text (.txt, UTF-8)."
    ),
    "pdf": (
        "is a PDF, which has no turns, only places on pages. Use the file that it was made from; "
        "or open it in Word, which converts it, check the turns, and save it as .docx."
    ),
    "pages": (
        "is a Pages document. Open it in Pages, choose File, Export To, Word, and save it as .docx."
    ),
    "excel": (
        "is an Excel workbook of the old kind. Open it in Excel (or LibreOffice), choose Save As, "
        "and save it as Excel Workbook (.xlsx) or CSV UTF-8 (.csv)."
    ),
    "ods": (
        "is a LibreOffice spreadsheet. Open it there, choose Save As, and save it as Excel (.xlsx) "
        "or Text CSV (.csv, UTF-8)."
    ),
    "numbers": (
        "is a Numbers spreadsheet. Open it in Numbers, choose File, Export To, Excel, and save it "
        "as .xlsx."
    ),
    "statistics": (
        "is a file of a statistics program. Export it there as CSV (.csv, UTF-8)."
    ),
    "analysis": (
        "is a project of a program for qualitative analysis. Open it there, and export the "
        "transcript as Word (.docx) or text (.txt)."
    ),
    "recording": (
        "is a recording. Have it transcribed with speaker labels, and name the transcript."
    ),
    "packed": (
        "is an archive. Unpack it, and name the folder or the files."
    ),
}

# How the names of files end: lower case.
SUFFIXES: dict[str, str] = {
    ".doc": "word", ".dot": "word", ".wps": "word",
    ".rtf": "rtf", ".odt": "odt", ".ott": "odt", ".pdf": "pdf", ".pages": "pages",
    ".xls": "excel", ".xlsb": "excel", ".ods": "ods", ".numbers": "numbers",
    ".sav": "statistics", ".zsav": "statistics", ".dta": "statistics", ".sas7bdat": "statistics",
    ".rds": "statistics", ".rda": "statistics", ".rdata": "statistics",
    ".nvp": "analysis", ".nvpx": "analysis", ".qdpx": "analysis", ".qda": "analysis",
    ".mx18": "analysis", ".mx20": "analysis", ".mx22": "analysis", ".mx24": "analysis",
    ".atlproj": "analysis", ".atlasproj": "analysis",
    ".mp3": "recording", ".wav": "recording", ".m4a": "recording", ".aac": "recording",
    ".flac": "recording", ".ogg": "recording", ".opus": "recording", ".wma": "recording",
    ".mp4": "recording", ".mov": "recording", ".avi": "recording", ".mkv": "recording",
    ".webm": "recording", ".m4v": "recording", ".mpg": "recording", ".wmv": "recording",
    ".7z": "packed", ".rar": "packed", ".tar": "packed", ".gz": "packed", ".tgz": "packed",
    ".bz2": "packed", ".xz": "packed",
}

# How files begin, whatever they are called.
BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "rtf"),
    (b"%PDF-", "pdf"),
    (b"ID3", "recording"),
    (b"OggS", "recording"),
    (b"fLaC", "recording"),
    (b"\x1f\x8b", "packed"),
    (b"7z\xbc\xaf\x27\x1c", "packed"),
    (b"Rar!\x1a\x07", "packed"),
)

# What LibreOffice files say about themselves, near their beginning.
OPEN_DOCUMENT: tuple[tuple[bytes, str], ...] = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
)
