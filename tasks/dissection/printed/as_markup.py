"""A page that came as HTML: its body is cut out of the tree, and with it what is printed around and inside it."""

from tasks.dissection.about.title import find_title
from tasks.dissection.body.find_body import find_body
from tasks.dissection.body.page_kind import find_page_kind
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.pictures.images import find_images
from tasks.dissection.printed.printing import Printing, length_flags

LIST_PAGES = ("not_article:front_page", "not_article:list_page")


def printed_as_markup(page: ParsedPage) -> Printing:
    """The article of an HTML page. A page that is none is left alone behind its kind, but for the listings of a list page."""
    body = find_body(page)
    kind = find_page_kind(page, body.pruned.shape, body.text, body.blocks)
    if kind.reason:
        listings = body.listings if kind.reason in LIST_PAGES else ()
        return Printing(page, (body.finding, kind.finding), kind.reason, kind.detail, listings=listings)
    title, images = find_title(page), find_images(page, body.pictures)
    fallback = ("body_fallback",) if body.mode != "blocks" else ()
    return Printing(
        page,
        (body.finding, kind.finding, title.finding, images.finding),
        title=title.value or "",
        body=body.text,
        flags=(*fallback, *length_flags(body.text)),
        listings=body.listings,
        images=images.value,
        emphasised=body.emphasised,
        tree=body.pruned.tree,
        signed=body.signed,
    )
