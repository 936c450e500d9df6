"""Why something was refused: the whole vocabulary of ops.rejects.reason. The data dictionary lists it, a test keeps it complete."""

from typing import Final

# What a source could not give; the page has no capture.
UNREADABLE: Final[dict[str, str]] = {
    "no_such_file": "A link or a sidecar names a file that is not there.",
    "permission_denied": "The operating system refuses to open the file.",
    "not_a_file": "A device, pipe or socket: nothing that can be read to its end.",
    "plan_failed": "A library broke on the file while its pages were looked for: a bug, worth a report.",
    "read_failed": "The operating system gave up reading: broken link, broken disk, or the file went away meanwhile.",
    "unreadable": "The operating system refused a page that could be read when the run was planned.",
    "unknown_kind": "No source recognises the file by its name or its first bytes.",
    "empty_file": "The file has no bytes, or only blanks.",
    "not_text": "The bytes are a picture, an archive, a PDF or other binary data under a page's name.",
    "input_too_large": "The page is larger than the limit for one page.",
    "packed_truncated": "The compressed file ends before its data does; what could be read is not loaded.",
    "packed_corrupt": "The compressed data contradict themselves.",
    "packed_bomb": "A small compressed file unpacks to more than the limit for one page.",
    "warc_corrupt": "A stretch of a WARC that holds no readable record; records before and after it are loaded.",
    "warc_truncated": "The WARC ends inside a record; records before it are loaded.",
    "warc_mixed_members": "Several records share one gzip member in a file that began with one record each.",
    "warc_packed_twice": "A WARC in a WACZ that is compressed once more, so that no record has a place in the file.",
    "no_payload": "The record or row holds no page: its body or its html and text columns are empty.",
    "payload_broken": "The HTTP body cannot be unpacked as its Content-Encoding or Transfer-Encoding says.",
    "sidecar_broken": "A line of pages.jsonl is not a JSON object with a file, or its observed_at is no time.",
    "names_a_file": "A row of a page table holds the name of a file beside it instead of a page: the table is a sidecar.",
    "row_broken": "A row of a page table cannot be parsed.",
    "columns_missing": "A page table has neither an html nor a text column.",
    "table_broken": "A Parquet file whose footer or columns cannot be read, or in which two columns have one name.",
}

# What was read and gave no article; the capture stays in raw.pages.
WITHOUT_ARTICLE: Final[dict[str, str]] = {
    "not_article:front_page": "The front page of a site: its address is the root, and it lists headlines.",
    "not_article:list_page": "Headlines and teasers instead of running text.",
    "not_article:error_page": "The page says that there is none, or that it may not be seen, whatever its HTTP status.",
    "not_article:empty_shell": "A page that scripts would have to fill.",
    "not_article:too_short": "Too little running text to be an article.",
    "no_title": "Running text without a headline in any place that has one.",
    "page_too_large": "Decoded, the page has more characters, or more elements, than are dissected.",
    "too_deep": "Elements nested deeper than the parser follows.",
    "deadline": "Reading or dissecting the page took more CPU time than a page may take, or ten times that by the clock.",
    "out_of_memory": "Reading or dissecting the page took more memory than a page may take.",
    "dissection_failed": "The extractor broke on the page: a bug, worth a report.",
    "worker_died": "The worker process died on the page, alone and for the second time.",
    "shaping_failed": "What was found on the page fits no table: a bug, worth a report. Nothing of it is kept.",
}

# What may heal: a page that a worker refused for one of these is tried again by the next runs.
TRANSIENT: Final = frozenset({"no_such_file", "permission_denied", "read_failed", "unreadable", "deadline", "out_of_memory", "worker_died"})

# What was judged and not believed.
NOT_ACCEPTED: Final[dict[str, str]] = {
    "expectation": "A row that an expectation refused; the column expectation names it.",
    "batch_refused": "A page of a batch that was not credible as a whole; the next run tries it again.",
}

REASONS: Final[dict[str, str]] = UNREADABLE | WITHOUT_ARTICLE | NOT_ACCEPTED

# What is no page and so no reject; ops.runs.passed_over and ops.inputs.passed_over count it by these names.
PASSED_OVER: Final[dict[str, str]] = {
    "unknown_kind": "A file in a folder that no source recognises.",
    "archive_file": "A zip, tar, 7z or rar file in a folder: unpack it, and ingest what was in it.",
    "foreign_format": "MHTML, HAR, EPUB, PDF, CSV or a database in a folder: pages may be in it, and no source reads it.",
    "not_a_file": "A device, pipe or socket in a folder.",
    "hidden_folder": "A folder whose name begins with a dot, below the one that was given.",
    "software": "A virtual environment, node_modules or the like, below the folder that was given.",
    "broadsheet_home": "A folder in which Broadsheet keeps a warehouse, or its Data Docs, below the folder that was given.",
    "same_folder": "A folder reached a second time through a symbolic link.",
    "warc_record": "A WARC record that is no capture: request, metadata, warcinfo.",
    "revisit": "A WARC record that says only that a page had not changed since an earlier capture.",
    "redirect": "An HTTP redirect: its target is a page, it is none.",
    "not_html": "A capture of something else than a page: image, style sheet, script, feed, PDF.",
}
