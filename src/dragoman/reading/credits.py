"""Who is credited: wires in the text, names in by-lines, makers and captions of pictures."""

from __future__ import annotations

import re

from dragoman.codebook.pages import PageKnowledge
from dragoman.model import Image

# A word of a name: letters with apostrophes and hyphens, initials, or an abbreviation of up to three letters.
_WORD = re.compile(r"(?:[^\W\d_]\.)+|[^\W\d_]{1,3}\.|[^\W\d_](?:[^\W\d_]|['\u2019-](?=[^\W\d_]))*")
_EMAIL = re.compile(r"\S+@\S+|(?<!\w)@\w+|https?://\S+")
# Words of a personal name; particles ("de", "bin") may be small.
NAME_WORDS = range(2, 6)
CAPTION_LENGTH = 500  # characters; bounds the work on hostile lines, too
CAPTION_WORDS = 60  # a longer paragraph with a bracket at its end is text, not a caption


def wires(text: str, knowledge: PageKnowledge, byline: str = "") -> tuple[str, ...]:
    """Wires that ``text`` (and ``byline``) credits, by the codebook's names, in order of first credit."""
    first: dict[str, int] = {}
    if knowledge.wire_any.search(text):
        for pattern in knowledge.wire_credits:
            for match in pattern.finditer(text):
                for name in knowledge.wire_any.finditer(text, *match.span("names")):
                    at = first.setdefault(knowledge.wire_names[name[0]], name.start())
                    first[knowledge.wire_names[name[0]]] = min(at, name.start())
    for name in knowledge.wire_any.finditer(byline):
        first.setdefault(knowledge.wire_names[name[0]], -1)
    return tuple(sorted(first, key=lambda name: first[name]))


def people(byline: str, knowledge: PageKnowledge) -> tuple[str, ...]:
    """Personal names in a by-line without its "by": no roles, wires, outlets, places or addresses."""
    names: list[str] = []
    for piece in knowledge.joiners.split(_EMAIL.sub(" ", byline)):
        if knowledge.collectives.search(knowledge.roles.sub("", piece)) or knowledge.wire_strong.search(piece):
            continue
        name = knowledge.roles.sub("", knowledge.after_names.sub("", piece)).strip(" \t.:|()[]-\u2013\u2014")
        name = " ".join(name.split())
        if name.isupper():
            name = name.title()
        if is_person(name, knowledge) and name not in names:
            names.append(name)
    return tuple(names)


def is_person(name: str, knowledge: PageKnowledge) -> bool:
    """Whether ``name`` looks like a person's: two to five words, first and last capitalised, no agency or outlet.

    A word in capitals of three letters or more ("CNN") is an outlet's.
    """
    words = name.split()
    if len(words) not in NAME_WORDS or knowledge.wire_any.fullmatch(name) or knowledge.outlet_word.search(name):
        return False
    if not all(_WORD.fullmatch(word) for word in words) or any(
        len(w) > 2 and w.isalpha() and w.isupper() for w in words
    ):
        return False
    return words[0][0].isupper() and words[-1][0].isupper()


def image(line: str, knowledge: PageKnowledge) -> Image | None:
    """The picture that ``line`` is about (a caption, a credit or both); null for any other line."""
    if len(line) > CAPTION_LENGTH:
        return None
    caption = knowledge.image_caption.fullmatch(line)
    if caption and len(line.split()) <= CAPTION_WORDS:
        return _parted(caption["caption"], knowledge)
    credit = knowledge.image_credit.fullmatch(line)
    if credit and len(line.split()) <= 20:
        return Image(None, credit["credit"].strip(" .()[]"))
    if len(line.split()) > CAPTION_WORDS:
        return None
    ended = knowledge.image_end.search(line)
    if ended:
        return _parted(line, knowledge)
    if len(line.split()) <= 8 and knowledge.image_alone.fullmatch(line) and not knowledge.sentence_end.search(line):
        marked = line.strip(" ()[]")
        return (
            None
            if knowledge.wire_any.fullmatch(marked) or not ("/" in marked or _is_mark(marked, knowledge))
            else Image(None, marked)
        )
    return None


def _is_mark(line: str, knowledge: PageKnowledge) -> bool:
    return any(line.startswith(mark) or line.endswith(mark) for mark in knowledge.images.marks if " " in mark)


def _parted(line: str, knowledge: PageKnowledge) -> Image:
    """Caption and credit of a line that may end with a credit."""
    ended = knowledge.image_end.search(line)
    if not ended:
        return Image(line.strip(), None)
    credit = ended["round"] or ended["square"] or ended["bare"] or ended[0].strip()
    return Image(line[: ended.start()].strip() or None, credit.strip())
