"""The paragraphs of an HTML page's article: trafilatura, with lists of links taken out and cut bodies made whole."""

from __future__ import annotations

from typing import Any

from trafilatura import bare_extraction

PARAGRAPH_WORDS = 8  # words from which a <p> counts as a paragraph of a report
# A body that sites cut into boxes (between advertisements) is taken whole where the extraction lies mostly in boxes of
# one kind and has less than this share of their paragraphs.
CUT = 0.6
LINK_WORDS = 4  # a shorter paragraph that is a link may be a word of the text
SENTENCE_ENDS = ".!?"
LIST_ITEMS = 2  # a list of at least so many items that are nothing but links is navigation


def body_rows(tree: Any, url: str | None) -> list[str]:
    """The lines of the article in ``tree``, in order, white space folded. ``tree`` is changed: use it last."""
    _prune_links(tree)
    boxes = _boxes(tree)
    found: Any = bare_extraction(tree, url=url, include_comments=False, with_metadata=False)
    rows = [" ".join(row.split()) for row in ((found.text or "") if found is not None else "").split("\n")]
    return _whole([row for row in rows if row], boxes)


def _prune_links(tree: Any) -> None:
    """Take out what is links alone: lists of other headlines, and headlines set as paragraphs between paragraphs."""
    for listed in tree.xpath("//body//ul | //body//ol"):
        items = [item for item in listed.iter("li") if item.text_content().strip()]
        if len(items) >= LIST_ITEMS and all(_is_link(item) for item in items):
            listed.drop_tree()
    for paragraph in tree.xpath("//body//p"):
        text = paragraph.text_content().strip()
        if len(text.split()) >= LINK_WORDS and text[-1] not in SENTENCE_ENDS and _is_link(paragraph):
            paragraph.drop_tree()


def _is_link(item: Any) -> bool:
    linked = sum(len("".join(link.itertext()).strip()) for link in item.iter("a"))
    return bool(linked >= 0.9 * len(item.text_content().strip()))


def _boxes(tree: Any) -> dict[tuple[str, str], list[str]]:
    """Paragraphs by the kind of element (tag and class) that holds them, in document order."""
    boxes: dict[tuple[str, str], list[str]] = {}
    for paragraph in tree.iter("p"):
        text = " ".join((paragraph.text_content() or "").split())
        box = paragraph.getparent()
        if box is not None and box.get("class") and len(text.split()) >= PARAGRAPH_WORDS:
            boxes.setdefault((str(box.tag), box.get("class")), []).append(text)
    return boxes


def _whole(rows: list[str], boxes: dict[tuple[str, str], list[str]]) -> list[str]:
    """``rows``, or the paragraphs of the boxes that they were cut from."""
    if not boxes:
        return rows
    held = set(rows)
    best = max(boxes.values(), key=lambda texts: sum(map(len, texts)))
    total, there = sum(map(len, best)), sum(len(text) for text in best if text in held)
    if there and there < CUT * total and there >= CUT * sum(map(len, rows)):
        return best
    return rows
