"""Attribution: whose words these are. Report in, Report with ``attributions`` out."""

from __future__ import annotations

from typing import Protocol

import msgspec

from dragoman.codebook.cues import Cues
from dragoman.coding import attribution_nouns as nouns
from dragoman.coding import attribution_stances as stances
from dragoman.coding.attribution_clauses import Match
from dragoman.coding.attribution_drafts import Draft, is_direct
from dragoman.coding.attribution_frames import match_verb, takes_over
from dragoman.coding.attribution_quotes import grow
from dragoman.coding.attribution_syntax import antecedent, child, is_passive, negation, phrase, spans_of, subject_of
from dragoman.coding.quotes import Quotes
from dragoman.model import ActorMention, AttributionFinding, Report, Sentence, Span

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
# Frames that report what may be true or false: the clause of a verb or a noun, a quotation, an adverb, a phrase.
_CLAIMS = frozenset({"clause", "claim", "bare", ""})
_OBJECT, _PASSIVE = frozenset({"dobj"}), frozenset({"nsubjpass"})
# Frames of noun cues.
_NOUNS = frozenset({"claim", "noun"})
# Frames in which a verb takes what it could also take where nobody speaks.
_SIMPLE = frozenset({"object", "predicate", "preposition", "to", "charge"})

# A label before a colon: at most so many characters and tokens, and no verb among them.
_LONGEST_LABEL = 60
_LONGEST_NAME = 8
_NO_NAME = frozenset({"VERB", "AUX", "PUNCT", "NUM", "SYM"})


class Knowledge(Protocol):
    """What this step reads of the codebook."""

    @property
    def cues(self) -> Cues:
        """Words that report."""
        ...


class AttributionFinder:
    """Finds source, cue and content of direct, indirect and mixed quotation."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Keep the cue words of ``knowledge.cues``."""
        self._cues = knowledge.cues
        self._speech = frozenset(
            word
            for word, entries in self._cues.verbs.items()
            if any(e.kind == "speech" and "clause" in e.frames and e.act != "report" for e in entries)
        )

    def __call__(self, report: Report) -> Report:
        """Fill ``report.attributions``, in text order of the cues; spans are offsets in the article's text."""
        text = report.article.text
        quotes = Quotes(text)
        drafts: list[Draft] = []
        for sentence in report.analysis.sentences:
            drafts.extend(self._sentence(sentence, text, quotes))
        drafts.extend(self._labels(report, quotes, drafts))
        grow(drafts, report.analysis, text, quotes, self._speech)
        found = [self._finding(draft, report, quotes) for draft in drafts if draft.pieces]
        found.sort(key=lambda f: (f.cue or f.content[0]).start)
        return msgspec.structs.replace(report, attributions=tuple(found))

    # --- one sentence -------------------------------------------------------------------------------------------

    def _sentence(self, sentence: Sentence, text: str, quotes: Quotes) -> list[Draft]:
        cues, found = self._cues, []
        for token in sentence.tokens:
            draft = None
            lower = token.text.lower()
            if lower in cues.adjectives and (token.pos == "ADJ" or token.tag == "VBN"):
                draft = stances.adjective(sentence, token.i, cues)
            if draft is None and token.pos in {"VERB", "AUX"} and token.lemma in cues.verbs:
                draft = self._verb(sentence, token.i, quotes)
            if draft is None and lower in cues.phrases:
                draft = stances.preposition(sentence, token.i, cues)
            if draft is None and token.dep == "prep" and lower in cues.standpoints:
                draft = stances.standpoint(sentence, token.i, cues)
            if draft is None and token.pos == "NOUN" and token.lemma in cues.nouns:
                draft = nouns.noun(sentence, token.i, cues)
            if draft is None and token.pos == "NOUN" and token.lemma in cues.verbs:
                draft = nouns.mistaken(sentence, token.i, cues)
            if draft is None and token.pos == "ADV" and lower in cues.adverbs:
                draft = stances.adverb(sentence, token.i, cues)
            if draft is not None:
                found.append(draft)
        # "voiced fears about": the verb lends itself to the noun, whose cue holds both.
        lent = {draft.at for draft in found if draft.frame in _NOUNS and sentence.tokens[draft.at].pos == "VERB"}
        found = [draft for draft in found if draft.at not in lent or draft.frame in _NOUNS]
        return [draft for draft in found if self._counts(draft, found, quotes)]

    def _counts(self, draft: Draft, drafts: list[Draft], quotes: Quotes) -> bool:
        """Whether the draft, one of the sentence's ``drafts``, reports somebody's words rather than being part of them.

        Inside a quotation only a named third party's speech is reported on ("Smith told us ..."): "I think" there is
        the quoted speaker's own voice. So it is in what somebody is said to say, in other words: what a third party
        claims there is a hop of its own, but a stance or a thought is the first speaker's account of it.
        """
        sentence, token = draft.sentence, draft.sentence.tokens[draft.at]
        named = draft.speaker is not None and sentence.tokens[draft.speaker].pos == "PROPN"
        if quotes.at(token.start) is not None:
            return draft.kind == "speech" and draft.finite and named and draft.frame == "clause" and bool(draft.pieces)
        outer = [other for other in drafts if other is not draft and any(p.covers(draft.cue) for p in other.pieces)]
        if not outer:
            return self._is_told(draft)
        if draft.kind != "speech":
            return False
        quoted = any(quotes.at(piece.start) is not None for piece in draft.pieces)
        if draft.frame == "claim":
            return draft.source is not None or quoted
        return draft.frame in _CLAIMS or quoted

    def _is_told(self, draft: Draft) -> bool:
        """Whether somebody is there to whom the draft's words may be given: not in "criticizing him is easy", "a
        chance to thank them" or "a station called Nord"."""
        token = draft.sentence.tokens[draft.at]
        if draft.frame not in _SIMPLE or token.pos != "VERB":
            return True
        if token.dep == "acl" and (draft.frame, token.tag) in {("object", "VB"), ("predicate", "VBN")}:
            return False
        return draft.source is not None or draft.finite or token.tag not in {"VB", "VBG"}

    def _verb(self, sentence: Sentence, at: int, quotes: Quotes) -> Draft | None:
        token = sentence.tokens[at]
        if token.dep in {"aux", "auxpass", "amod", "compound"}:
            return None
        match = match_verb(sentence, at, self._cues.verbs[token.lemma], self._speech, self._cues)
        if match is None:
            return None
        draft = _draft(sentence, at, match)
        if match.entry.negated is not None and token.dep == "xcomp":
            above = self._cues.verbs.get(sentence.tokens[token.head].lemma, ())
            if any(entry.act == "decline" for entry in above):
                draft.act = match.entry.negated
        if match.frame == "experience":
            doer = child(sentence, at, _PASSIVE if is_passive(sentence, at) else _OBJECT)
        else:
            doer = self._source(sentence, at)
        source = _outside(sentence, at, doer, quotes)
        if source is None and match.frame == "bare":
            return draft
        if match.entry.kind == "seeming":
            source = None
        if source is not None and sentence.tokens[source].lemma in self._cues.not_speakers and match.frame == "bare":
            return None
        if source is not None:
            taken = set(range(match.cue[0], match.cue[-1] + 1))
            taken.update(i for piece in match.pieces for i in piece)
            own = [i for i in phrase(sentence, source) if i not in taken]
            draft.source = _whole(_unquoted(sentence, source, own, quotes), sentence)
            draft.speaker = antecedent(sentence, source, at)
        return draft

    def _source(self, sentence: Sentence, at: int) -> int | None:
        """Head of the source: the subject, or that of the verb of saying whose content this one would be."""
        token = sentence.tokens[at]
        outer = token.head
        while outer != sentence.tokens[outer].head and token.dep in {"advcl", "conj"}:
            above = sentence.tokens[outer]
            if above.dep == "ccomp" and sentence.tokens[above.head].lemma in self._speech:
                if takes_over(sentence, above.head, at, self._speech):
                    return subject_of(sentence, above.head)
                break
            if above.dep not in {"conj", "xcomp", "advcl"}:
                break
            outer = above.head
        if token.dep == "acl" and sentence.tokens[token.head].lemma in self._cues.statement_nouns:
            return self._issuer(sentence, token.head)
        return subject_of(sentence, at)

    def _issuer(self, sentence: Sentence, noun: int) -> int | None:
        """Who made the statement at ``noun``: its owner, or the subject of the verb it is the object of."""
        owner = child(sentence, noun, frozenset({"poss"}))
        if owner is not None:
            return owner
        above = sentence.tokens[noun]
        for _ in range(3):
            if above.dep in {"dobj", "pobj", "prep"} and above.head != above.i:
                above = sentence.tokens[above.head]
                if above.pos == "VERB":
                    return subject_of(sentence, above.i)
            else:
                break
        return noun

    def _labels(self, report: Report, quotes: Quotes, drafts: list[Draft]) -> list[Draft]:
        """Speakers before a colon: "Kremlin: talks will resume" as a headline, "SMITH: ..." in a transcript.

        A name counts where it speaks elsewhere in the article, is a label twice, or is one of the codebook's
        ``headline_speakers``; what follows up to the paragraph's end is the content.
        """
        text, cues = report.article.text, self._cues
        found: list[tuple[int, int, Sentence, list[int]]] = []
        for start, end in quotes.paragraphs:
            colon = text.find(":", start, min(end, start + _LONGEST_LABEL))
            if colon < 0 or not text[colon + 1 : end].strip() or text[colon + 1] != " ":
                continue
            sentence = report.analysis.sentence_at(start)
            if sentence is None or not text[start].isalnum():
                continue
            words = [token for token in sentence.tokens if token.start >= start and token.end <= colon]
            if not words or len(words) > _LONGEST_NAME or any(token.pos in _NO_NAME for token in words):
                continue
            if not {token.text.lower() for token in words} & cues.headline_labels:
                found.append((colon, end, sentence, [token.i for token in words]))
        last = [sentence.tokens[name[-1]].text for _, _, sentence, name in found]
        known = {d.sentence.tokens[d.speaker].text for d in drafts if d.speaker is not None}
        labels = []
        for (colon, end, sentence, name), word in zip(found, last, strict=True):
            if word not in known and last.count(word) < 2 and word.lower() not in cues.headline_speakers:
                continue
            at = next((token.i for token in sentence.tokens if token.start == colon), name[-1])
            after = colon + 1 + len(text[colon + 1 : end]) - len(text[colon + 1 : end].lstrip())
            cue = Span(colon, colon + 1)
            content = [Span(after, end)]
            labels.append(Draft(sentence, at, "speech", "assert", cue, content, name, name[-1], frame="label"))
        return labels

    # --- findings -----------------------------------------------------------------------------------------------

    def _finding(self, draft: Draft, report: Report, quotes: Quotes) -> AttributionFinding:
        sentence = draft.sentence
        speaker: ActorMention | None = None
        if draft.speaker is not None:
            speaker = report.mention_at.get((sentence.index, draft.speaker))
        return AttributionFinding(
            content=tuple(draft.pieces),
            source=sentence.span_of(draft.source) if draft.source else None,
            cue=draft.cue,
            act=draft.act,
            direct=is_direct(draft, report.article.text, quotes),
            speaker=speaker,
            sentence=sentence.index,
            cue_token=draft.at,
            spoken=draft.kind == "speech",
            level="document" if self._is_credit(draft, report) else "clause",
        )

    def _is_credit(self, draft: Draft, report: Report) -> bool:
        """Whether the source is the wire that the article credits: then its "reported" covers the whole of it."""
        if draft.act != "report" or not draft.source:
            return False
        words = draft.sentence.span_of(draft.source).of(report.article.text).casefold()
        return self._bare(words) in {self._bare(name.casefold()) for name in report.article.credits}

    def _bare(self, name: str) -> str:
        """A name without its article."""
        for article in self._cues.articles:
            name = name.removeprefix(f"{article} ")
        return name


def _whole(source: list[int], sentence: Sentence) -> list[int]:
    """The source without a preposition whose object went to the content ("accused by rivals of selling")."""
    while len(source) > 1 and sentence.tokens[source[-1]].pos in {"ADP", "PUNCT", "SCONJ"}:
        source.pop()
    return source


def _outside(sentence: Sentence, at: int, source: int | None, quotes: Quotes) -> int | None:
    """The source, unless it stands in a quotation that the cue at ``at`` is not in: then the subject of the first verb
    above that is not in one either."""
    if source is None or quotes.at(sentence.tokens[source].start) is None or quotes.at(sentence.tokens[at].start):
        return source
    above = sentence.tokens[at].head
    while above != sentence.tokens[above].head and quotes.at(sentence.tokens[above].start) is not None:
        above = sentence.tokens[above].head
    if above == at or quotes.at(sentence.tokens[above].start) is not None:
        return None
    found = subject_of(sentence, above)
    return found if found is not None and quotes.at(sentence.tokens[found].start) is None else None


def _unquoted(sentence: Sentence, head: int, source: list[int], quotes: Quotes) -> list[int]:
    """The source without the words before its ``head`` that a quotation ends with: they are what is said."""
    tokens = sentence.tokens
    if quotes.at(tokens[head].start) is not None:
        return source
    quoted = [i for i in source if i < head and quotes.at(tokens[i].start) is not None]
    if len(quoted) < 2 or quoted[0] != source[0] or tokens[quoted[-2]].pos != "PUNCT":  # a nickname in marks
        return source
    return [i for i in source if i > quoted[-1]]


def _draft(sentence: Sentence, at: int, match: Match) -> Draft:
    act = match.entry.act
    if match.entry.negated is not None and negation(sentence, at) is not None:
        act = match.entry.negated
    cue = Span(sentence.tokens[match.cue[0]].start, sentence.tokens[match.cue[-1]].end)
    tags = {sentence.tokens[c].tag for c in sentence.children[at]}
    finite = sentence.tokens[at].tag in _FINITE or ("MD" not in tags and "TO" not in tags and bool(tags & _FINITE))
    return Draft(
        sentence, at, match.entry.kind, act, cue, spans_of(sentence, match.pieces), finite=finite, frame=match.frame
    )
