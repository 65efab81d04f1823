"""The classifier: everything a message says, read in one pass over its plain form.

`Classifier.load()` reads the packaged data; afterwards there is no input or output, no clock and no
shared state, so one instance may serve all threads. Any string is accepted.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from operator import add
from pathlib import Path

from classify.bodies.accused import Named, name_bodies, read_bodies
from classify.bodies.finding import Body, BodyFinder
from classify.details.giveaways import find_giveaways, mask_giveaways
from classify.details.periods import find_period
from classify.details.private import find_private
from classify.details.stakes import find_severity, find_wish
from classify.domain.arguments import Arguments, named_arguments, sentences, shown_pieces
from classify.domain.decision import Weights, load_weights
from classify.domain.doubt import how_sure
from classify.domain.features import HEAD, FeatureReader, Find
from classify.domain.ngrams import SecondOpinion
from classify.money.owed import find_owed, stated_amount
from classify.phrases.lexicon import load_lexicon
from classify.places.regions import Gazetteer
from classify.places.whereabouts import Located, Whereabouts
from classify.text.matters import parts_of
from classify.text.normalise import Normalised, normalise
from classify.text.other_tongues import OtherTongues
from classify.text.replacing import Dialects
from classify.types import (
    CONFIDENT,
    BodyRole,
    Candidate,
    Classification,
    Domain,
    Giveaway,
    MatchedPhrase,
    Matter,
    NamedBody,
    Region,
)

LONGEST = 12_000
"""Characters read; what follows is kept in the case but not classified."""
SHOWN_PHRASES = 12
LETTER = 120
"""A letter about a purchase longer than this tells of prices; a line names what is not paid."""
NO_COMPLAINT = (Domain.SPAM, Domain.OUT_OF_SCOPE)
LEAST_SURE = 0.85
"""Share from which on a message of these domains is read as one that accuses nobody and claims nothing."""
CLAIMS = (Domain.DEBT, Domain.PRIVATE_WAGES)
NOTHING_NAMED = 3.0
"""A message that names no domain's matter at all flattens the shares this much: better ask."""


class Classifier:
    """Text in, `Classification` out."""

    def __init__(
        self,
        reader: FeatureReader,
        weights: Weights,
        second_opinion: SecondOpinion,
        gazetteer: Gazetteer,
        tongues: OtherTongues,
    ) -> None:
        if second_opinion.domains != weights.domains:
            raise ValueError("weights.tsv and ngrams.tsv name different domains")
        self._reader = reader
        self._weights = weights
        self._second_opinion = second_opinion
        self._gazetteer = gazetteer
        self._whereabouts = Whereabouts(gazetteer)
        self._tongues = tongues
        self._bodies = BodyFinder(gazetteer.levels)
        self.version = package_version()
        """Another version may read the same words differently."""
        self._leanings = {domain: weights.leanings(domain) for domain in weights.domains}

    @classmethod
    def load(cls) -> Classifier:
        """Reads the packaged lexicons, tables and weights (about a tenth of a second)."""
        lexicon, gazetteer = load_lexicon(), Gazetteer.load()
        phrases = (phrase for phrase, _ in lexicon.phrases())
        tongues = OtherTongues(Dialects.load(), gazetteer.names_by_weight(), phrases)
        return cls(FeatureReader(lexicon), load_weights(), SecondOpinion.load(), gazetteer, tongues)

    def classify(self, text: str, title: str = "", today: date | None = None) -> Classification:
        """Reads a message. Spans refer to `text` when there is no title, else to `title + "\n" + text`.

        `today` is needed to read durations such as 拖了两年 as a period.
        """
        whole = (f"{title}\n{text}" if title else text)[:LONGEST]
        written = normalise(whole)
        read = self._tongues.standard(written)
        head_end = _head_end(read, len(title))
        finds = self._reader.finds(read.text)
        features = self._reader.features(read.text, finds, head_end)
        named = any(find.group.domain for find in finds)
        candidates = self._candidates(read.text, features, 1.0 if named else NOTHING_NAMED)
        matters, candidates = self._matters(whole, candidates)
        outside = _is_outside(candidates)
        nothing_owed = outside and "欠" not in read.text
        of_goods = candidates[0].domain is Domain.PROCUREMENT and len(read.text) > LETTER
        priced = of_goods or candidates[0].domain is Domain.BIDDING
        claimed = candidates[0].domain in CLAIMS
        amount = None if nothing_owed else find_owed(read.text, priced=priced, claimed=claimed)
        located = self._whereabouts.locate(read.text)
        places = self._places(read, whole, located)
        named_bodies = read_bodies(
            read.text, self._bodies.find(read.text), head_end, candidates[0].domain, outside=outside
        )
        bodies = _as_named(read, whole if read is written else None, named_bodies)
        severity, severity_matched = find_severity(read.text, amount.yuan if amount else None)
        return Classification(
            domain=candidates[0].domain,
            confidence=how_sure(candidates[0].domain, candidates[0].score, features),
            candidates=candidates,
            phrases=self._matched_phrases(read, whole, finds, candidates[0].domain),
            region=places[0] if len(places) == 1 else None,
            region_options=places if len(places) > 1 else (),
            accused=tuple(body for body in bodies if body.role is BodyRole.ACCUSED),
            mentioned=tuple(body for body in bodies if body.role is not BodyRole.ACCUSED),
            amount_yuan=amount.yuan if amount else None,
            amount_matched=_words(read, whole, amount.start, amount.end) if amount else "",
            amount_reading=amount.reading if amount else "",
            period=find_period(read.text, today),
            wish=_wish(read, written, whole),
            severity=severity,
            severity_matched=severity_matched,
            matters=matters,
            private_spans=find_private(whole, written.text, written.origin),
        )

    def _matters(
        self, whole: str, candidates: tuple[Candidate, ...]
    ) -> tuple[tuple[Matter, ...], tuple[Candidate, ...]]:
        """The matters, if they are several, and the candidates: of ours and not ours what is ours decides."""
        found: dict[Domain, tuple[Matter, tuple[Candidate, ...]]] = {}
        for part in parts_of(whole):
            read = self._tongues.standard(normalise(whole[part.start : part.end]))
            finds = self._reader.finds(read.text)
            told = self._candidates(read.text, self._reader.features(read.text, finds, HEAD), 1.0)
            if told[0].score >= CONFIDENT and any(find.group.domain for find in finds):
                found.setdefault(told[0].domain, (Matter(told[0].domain, part), told))
        ours = [told for domain, (_, told) in found.items() if domain.in_scope]
        if len(found) < 2 or not ours:
            return (), candidates
        matters = tuple(matter for matter, _ in found.values())
        return matters, candidates if candidates[0].domain.in_scope else ours[0]

    def read_place(self, words: str) -> tuple[Region, ...]:
        """The place that an answer names, or the several it could be; empty when it names none we know."""
        read = self._tongues.standard(normalise(words))
        return self._places(read, words, self._whereabouts.locate(read.text))

    def read_bodies(self, words: str) -> tuple[str, ...]:
        """The names of the bodies in an answer, whatever is said of them."""
        written = normalise(words)
        read = self._tongues.standard(written)
        whole = words if read is written else None
        found = (_as_written(read, whole, body) for body in self._bodies.find(read.text))
        return tuple(dict.fromkeys(found))

    def weigh_bodies(
        self, text: str, title: str = ""
    ) -> tuple[bool, list[Named], list[list[tuple[int, int]]]]:
        """Whether it is no complaint, and every body with its signs and where its mentions stand.

        For those who learn weights.
        """
        told = self.classify(text, title)
        read = self._tongues.standard(normalise((f"{title}\n{text}" if title else text)[:LONGEST]))
        found = name_bodies(read.text, self._bodies.find(read.text), _head_end(read, len(title)), told.domain)
        spans = [[read.span(body.start, body.end) for body, _ in named.mentions] for named in found]
        return (
            _is_outside(told.candidates),
            found,
            [[(span.start, span.end) for span in own] for own in spans],
        )

    def regions_inside(self, code: str) -> tuple[Region, ...]:
        """The regions directly inside one, by their own names; the provinces for an empty code."""
        places = self._gazetteer.places
        return tuple(
            Region(inner, places[inner].name, places[inner].level) for inner in self._gazetteer.inside(code)
        )

    def full_name(self, code: str) -> str | None:
        """A region with its superiors, such as 青海省西宁市城东区."""
        return self._gazetteer.full_name(code) if code in self._gazetteer.places else None

    def read_amount(self, words: str) -> int | None:
        """The sum that an answer states, in yuan."""
        return stated_amount(self._tongues.standard(normalise(words)).text)

    def find_giveaways(self, text: str) -> tuple[Giveaway, ...]:
        """What of a text tells who wrote it; see `details/giveaways.py`."""
        return find_giveaways(text)

    def mask(self, text: str, found: Iterable[Giveaway]) -> str:
        """The text without these pieces, as long as before."""
        return mask_giveaways(text, found)

    def arguments(self, text: str, title: str = "") -> Arguments:
        """Why `classify` gives this message its domain and not the next, in sentences and pieces of words."""
        first, second = self.classify(text, title).candidates[:2]
        read = self._tongues.standard(normalise((f"{title}\n{text}" if title else text)[:LONGEST]))
        head_end = _head_end(read, len(title))
        features = self._reader.features(read.text, self._reader.finds(read.text), head_end)
        says = sentences(self._reader.lexicon)
        named = named_arguments(self._weights, features, says, first.domain, second.domain)
        pieces = self._second_opinion.pieces(read.text, first.domain, second.domain)
        return Arguments(
            first.domain, second.domain, *named, shown_pieces(pieces, 1), shown_pieces(pieces, -1)
        )

    def _places(self, read: Normalised, whole: str, located: Located | None) -> tuple[Region, ...]:
        if located is None:
            return ()
        span, full_name = read.span(located.start, located.end), self._gazetteer.full_name
        said = whole[span.start : span.end]
        places = (located.place,) if located.place else located.options
        return tuple(
            Region(place.code, full_name(place.code, place.name), place.level, said, span) for place in places
        )

    def _candidates(self, text: str, features: dict[str, float], doubt: float) -> tuple[Candidate, ...]:
        totals = list(map(add, self._weights.scores(features), self._second_opinion.scores(text)))
        shares = self._weights.shares(totals, len(text), doubt)
        ranked = sorted(zip(self._weights.domains, shares, strict=True), key=lambda pair: -pair[1])
        return tuple(Candidate(domain, round(share, 4)) for domain, share in ranked)

    def _matched_phrases(
        self, read: Normalised, whole: str, finds: list[Find], domain: Domain
    ) -> tuple[MatchedPhrase, ...]:
        leaning = self._leanings[domain]
        best: dict[str, float] = {}
        found: dict[str, Find] = {}
        for find in finds:
            weight = leaning.get(find.group.name, 0.0) * find.hit.score / 100
            if weight > best.get(find.phrase, 0.0) and not find.nested:
                best[find.phrase] = weight
                found[find.phrase] = find
        shown = sorted(best, key=best.__getitem__, reverse=True)[:SHOWN_PHRASES]
        return tuple(_matched_phrase(read, whole, found[phrase], best[phrase]) for phrase in shown)


def package_version() -> str:
    """Changes with every rule, lexicon and table of this package."""
    package = Path(__file__).parent
    files = sorted(path for path in package.rglob("*") if path.suffix in {".py", ".toml", ".tsv", ".txt"})
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def _is_outside(candidates: tuple[Candidate, ...]) -> bool:
    """Whether it is most likely no complaint."""
    return candidates[0].domain in NO_COMPLAINT and candidates[0].score >= LEAST_SURE


def _as_named(read: Normalised, whole: str | None, found: Iterable[Named]) -> list[NamedBody]:
    return [
        NamedBody(
            _as_written(read, whole, one.body),
            one.body.level,
            read.span(one.body.start, one.body.end),
            one.role,
            one.why,
        )
        for one in found
    ]


def _matched_phrase(read: Normalised, whole: str, find: Find, weight: float) -> MatchedPhrase:
    span = read.span(find.hit.start, find.hit.end)
    return MatchedPhrase(
        phrase=find.phrase,
        matched=whole[span.start : span.end],
        span=span,
        score=round(find.hit.score, 1),
        domain=find.group.domain,
        weight=round(weight, 3),
    )


def _head_end(read: Normalised, title_length: int) -> int:
    """Where the head of the message ends in the plain text: after the title, else a fixed length."""
    if not title_length:
        return HEAD
    return bisect_left(read.origin, title_length)


def _wish(read: Normalised, written: Normalised, whole: str) -> str | None:
    """What is asked for: in plain form, and in the writer's own words where those were put into others."""
    place = find_wish(read.text)
    if place is None:
        return None
    said = read.text[slice(*place)] if read is written else _words(read, whole, *place)
    return said.strip(" ,:，：")


def _as_written(read: Normalised, whole: str | None, body: Body) -> str:
    """The name in the citizen's own characters, without the signs and blanks between them.

    `whole` is None where the words were put into others: then as it is read.
    """
    if whole is None or body.name != read.text[body.start : body.end]:
        return body.name
    return "".join(whole[place] for place in dict.fromkeys(read.origin[body.start : body.end]))


def _words(read: Normalised, whole: str, start: int, end: int) -> str:
    span = read.span(start, end)
    return whole[span.start : span.end]
