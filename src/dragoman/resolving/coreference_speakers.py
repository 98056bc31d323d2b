"""Who speaks in an article's quotations, for "I" and "we": kept while it is read from first sentence to last."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dragoman.model import Sentence
from dragoman.resolving import coreference_pronouns as pronouns
from dragoman.resolving.coreference_discourse import Discourse, Outcome
from dragoman.resolving.coreference_syntax import quoted
from dragoman.resolving.coreference_units import Unit


class Speakers:
    """The speaker of the words at hand. Lives for one article; takes each sentence by ``enter``, then by ``leave``."""

    def __init__(self, discourse: Discourse, resolve: Callable[[Sentence, int], None]) -> None:
        """``resolve`` resolves the phrase at a token of a sentence, where that is not done yet."""
        self.quoted: list[bool] = []
        self._discourse = discourse
        self._resolve = resolve
        self._inside, self._end = False, ""
        self._goes_on = False
        self._closed = False
        self._paragraph = -1
        self._speaker: Unit | None = None
        self._waiting: list[tuple[Sentence, int]] = []
        self._announced: tuple[int, Unit] | None = None

    def enter(self, sentence: Sentence) -> None:
        """Find which tokens of ``sentence`` are quoted.

        An unclosed quotation ends with its paragraph; where the next one opens with a mark again it goes on, by the
        same speaker.
        """
        paragraph = self._discourse.paragraphs[sentence.index]
        if paragraph != self._paragraph:
            opens = sentence.tokens[0].text in self._discourse.words.quotes
            if not (self._inside and opens and paragraph == self._paragraph + 1):
                self._speaker = None
            self._inside, self._paragraph = False, paragraph
            self._waiting = []
        self._goes_on = self._inside
        self.quoted, self._inside, self._end = quoted(
            sentence, self._inside, self._discourse.words.quotes, self._end
        )

    def first(self, sentence: Sentence, at: int) -> Outcome:
        """The speaker by the words of the same sentence, else of the sentence before in the same paragraph.

        A quotation that goes on may name its speaker at its end only: those wait for ``leave``.
        """
        announced = self._announced_for(sentence)
        if not self.quoted[at]:
            if announced is None:
                return Outcome(reason="first person, not quoted")
            return pronouns.resolve_first(self._discourse, announced)
        speaker = self._speaker_in(sentence) or self._speaker or announced
        if speaker is None:
            self._waiting.append((sentence, at))
        return pronouns.resolve_first(self._discourse, speaker)

    def of(self, sentence: Sentence, at: int) -> Unit | None:
        """Who says the quoted word at ``at``: in those words "he" is somebody else. Null where nobody is named."""
        if not self.quoted[at] or self._partly(sentence, at):
            return None
        return self._speaker_in(sentence) or self._speaker or self._announced_for(sentence)

    def leave(self, sentence: Sentence) -> Iterator[tuple[Sentence, int, Outcome]]:
        """Keep who spoke in ``sentence``; gives the words before, of the same quotation, that are now known as theirs.

        After "The minister said:" at the end of a paragraph the next ones are hers, until somebody else speaks.
        """
        colon = sentence.tokens[-1].text == ":"
        tail, self._closed = self._closed and _only_says(sentence), bool(self.quoted) and self._ends_quoted(sentence)
        if not any(self.quoted) and not colon and not tail and self._announced is None:
            return
        speaker = self._speaker_in(sentence)
        if speaker is None:
            return
        if any(self.quoted) or tail or colon:
            self._speaker = speaker
            waiting, self._waiting = self._waiting, []
            for earlier, at in waiting if self._goes_on or tail else []:
                yield earlier, at, pronouns.resolve_first(self._discourse, speaker)
        if colon or self._announced is not None:
            self._announced = (self._discourse.paragraphs[sentence.index], speaker) if colon else None

    def _partly(self, sentence: Sentence, at: int) -> bool:
        """Whether only a piece of what is reported is quoted: 'Oman said it would send "whatever it has"'."""
        speech = [t for t in sentence.tokens if t.pos == "VERB" and t.lemma in self._discourse.words.speech]
        return any(
            sentence.tokens[c].dep == "ccomp" and not self.quoted[c] and at in sentence.subtree(c)
            for verb in speech
            if not self.quoted[verb.i]
            for c in sentence.children[verb.i]
        )

    def _ends_quoted(self, sentence: Sentence) -> bool:
        """Whether the last words of ``sentence`` are quoted."""
        words = [t.i for t in sentence.tokens if t.pos != "PUNCT"]
        return bool(words) and self.quoted[words[-1]]

    def _announced_for(self, sentence: Sentence) -> Unit | None:
        """Whose speech the paragraph of ``sentence`` is by the colon above it; null where none is announced."""
        if self._announced is None or self._discourse.paragraphs[sentence.index] == self._announced[0]:
            return None
        return self._announced[1]

    def _speaker_in(self, sentence: Sentence) -> Unit | None:
        return pronouns.speaker_in(self._discourse, sentence, self.quoted, lambda i: self._resolve(sentence, i))


def _only_says(sentence: Sentence) -> bool:
    """Whether a sentence only tells who spoke: '"Where are they?" Mr. Harris said.' may come as two."""
    root = next((t for t in sentence.tokens if t.dep == "ROOT"), None)
    return root is not None and not any(
        sentence.tokens[c].dep in ("ccomp", "dobj", "xcomp", "attr", "acomp") for c in sentence.children[root.i]
    )
