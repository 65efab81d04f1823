"""What fitting and scoring the classifier share: messages, features, and the fit itself.

The fitted decision is linear: named features of the lexicons (weights.tsv) plus a second opinion from
pairs and triples of characters (ngrams.tsv), whose directions are learnt on unlabelled messages and
folded into one number per n-gram and domain. scikit-learn is needed here only, never in the product.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from classify.domain.features import HEAD, FeatureReader
from classify.domain.ngrams import READ, length
from classify.phrases.lexicon import load_lexicon
from classify.places.regions import Gazetteer
from classify.text.normalise import normalise
from classify.text.other_tongues import OtherTongues
from classify.text.replacing import Dialects
from classify.types import Domain

Floats = NDArray[np.float64]
Row = dict[str, Any]
"""One labelled message as its file has it."""

DOMAINS = [domain.value for domain in Domain]
READER_LABELS = Path(__file__).parent / "reader_labels.csv"
LETTERS = Path(__file__).parent / "letters"
"""Invented messages, written from the codebook without a look at the lexicons; `held_out` only judges."""
OF_THE_COLLECTION = (
    *(
        "西地",
        "地省",
        "楚",
        "百度",
        "尊敬",
        "商州",
        "商洛",
        "洛市",
        "州市",
        "洛南",
        "丹凤",
        "青白",
        "白江",
        "成都",
        "四川",
    ),
    *("川省", "星沙", "沙街", "沙大", "的胡", "胡书", "的易", "易书", "杨书", "的杨", "炼红", "衡华"),
)
"""Marks of how the messages were collected and anonymised; no evidence about complaints."""

DIRECTIONS = 150
SCALE = 10.0
SHARE = 1.0
"""How much the pieces of words learnt from labels add to the evidence and the directions."""
STRENGTH_OF_PIECES = 300.0
LEAST_TEXTS = 3
"""Labelled messages that a piece of words must occur in."""
UNCLEAR = 0.3
READER = {"short": 0.3, "full": 0.7}
"""Weight of one more reader's label, who saw a shortened view of the message or most of it."""
EXAMPLE = 1.5
SLIPPED = 0.4
"""Weight of an example with a homophone in every fifth word."""
LETTER = 0.8
PLAIN = 0.3
"""Weight of a matter told in the plainest terms: enough to keep these sure, too little for others."""
TITLE_ONLY = 0.3
STRENGTH = 1.0


@dataclass
class Message:
    id: str
    plain: str
    features: dict[str, float]
    label: str
    also: tuple[str, ...]
    clear: bool
    weight: float


def eval_folder() -> Path:
    """The folder of labelled messages: SHOUXIN_EVAL, else ../shared/eval."""
    return Path(os.environ.get("SHOUXIN_EVAL", "../shared/eval"))


class Reading:
    """Turns texts into messages with features."""

    def __init__(self) -> None:
        self.lexicon = load_lexicon()
        self.reader = FeatureReader(self.lexicon)
        phrases = (phrase for phrase, _ in self.lexicon.phrases())
        self.tongues = OtherTongues(Dialects.load(), Gazetteer.load().names_by_weight(), phrases)

    def plain(self, text: str) -> str:
        """The text as the classifier reads it."""
        return self.tongues.standard(normalise(text)).text

    def message(self, row: Row, label: str, weight: float) -> Message:
        title, text = row.get("title") or "", row["text"]
        plain = self.plain(f"{title}\n{text}" if title else text)
        head = len(normalise(title).text) or HEAD
        features = self.reader.features(plain, self.reader.finds(plain), head)
        return Message(
            row.get("id", ""),
            plain,
            features,
            label,
            tuple(row.get("also", ())),
            row.get("clear", True),
            weight,
        )


def read_rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read_dev(folder: Path) -> list[Row]:
    """Labelled real messages of both sets, each once."""
    rows = {row["id"]: row for name in ("dev2", "dev") for row in read_rows(folder / f"{name}.jsonl")}
    return list(rows.values())


def read_unlabelled(folder: Path) -> list[Row]:
    with gzip.open(folder / "unlabelled.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def dev_messages(reading: Reading, folder: Path) -> list[Message]:
    return [
        reading.message(row, row["primary"], 1.0 if row["clear"] else UNCLEAR) for row in read_dev(folder)
    ]


def letters(reading: Reading, name: str, weight: float = LETTER) -> list[Message]:
    """The invented messages of one file, such as `training` or `held_out`."""
    return [
        reading.message(row, row["primary"], weight if row["clear"] else weight * UNCLEAR)
        for row in read_rows(LETTERS / f"{name}.jsonl")
    ]


def extra_messages(reading: Reading, unlabelled: list[Row]) -> list[Message]:
    """The lexicons' examples, invented letters, and messages one more reader labelled (ids only)."""
    found = [reading.message({"text": e.text}, e.domain.value, EXAMPLE) for e in reading.lexicon.examples]
    sounds = homophones()
    found += [
        reading.message({"text": with_slips(e.text, e.text, sounds)}, e.domain.value, SLIPPED)
        for e in reading.lexicon.examples
    ]
    for name in ("training", "detailed_training", "told_training"):
        found += letters(reading, name)
    found += letters(reading, "plain_training", PLAIN)
    rows = {row["id"]: row for row in unlabelled}
    with READER_LABELS.open(encoding="utf-8") as lines:
        for label in csv.DictReader(lines):
            weight = READER[label["read"]] * (1.0 if label["clear"] == "1" else UNCLEAR)
            found.append(reading.message(rows[label["id"]], label["domain"], weight))
    return found


def title_messages(reading: Reading, folder: Path) -> dict[str, Message]:
    """Titles alone of clear messages, by id: chat messages are that short."""
    rows = [row for row in read_dev(folder) if row["clear"] and len(row["title"]) >= 8]
    return {row["id"]: reading.message({"text": row["title"]}, row["primary"], TITLE_ONLY) for row in rows}


class Space:
    """Directions in the space of n-grams, learnt without labels."""

    def __init__(self, unlabelled: list[Row]) -> None:
        texts = [normalise(f"{row['title']}\n{row['text']}").text[:600] for row in unlabelled]
        counts = CountVectorizer(
            analyzer="char",
            ngram_range=(2, 3),
            min_df=25,
            max_df=0.3,
            binary=True,
            lowercase=False,
            dtype=np.float32,
        ).fit(texts)
        kept = [g for g in counts.get_feature_names_out() if _ours(g)]
        self.names = kept
        self.counts = CountVectorizer(
            analyzer="char",
            ngram_range=(2, 3),
            vocabulary=kept,
            binary=True,
            lowercase=False,
            dtype=np.float32,
        )
        matrix = self.counts.transform(texts)
        self.frequency = np.asarray(matrix.sum(0)).ravel()
        self.idf = np.log(len(texts) / self.frequency)
        self.svd = TruncatedSVD(DIRECTIONS, algorithm="randomized", n_iter=3, random_state=0)
        self.svd.fit(self._weighted(matrix, texts))

    def _weighted(self, matrix: sp.csr_matrix, texts: list[str]) -> sp.csr_matrix:
        sizes = np.array([length(text) for text in texts])
        return sp.diags(1 / sizes).dot(matrix.multiply(self.idf[None, :]).tocsr()).tocsr()

    def ngrams(self, texts: list[str]) -> sp.csr_matrix:
        texts = [text[:READ] for text in texts]
        return self._weighted(self.counts.transform(texts), texts)

    def project(self, texts: list[str]) -> Floats:
        projected: Floats = self.svd.transform(self.ngrams(texts))
        return projected


def _ours(ngram: str) -> bool:
    return all("一" <= char <= "鿿" for char in ngram) and not any(
        mark in ngram for mark in OF_THE_COLLECTION
    )


@dataclass
class Fit:
    """Weights of named features, and of pieces of words (one to three characters); columns follow DOMAINS."""

    names: list[str]
    bias: Floats
    feature_weights: Floats
    pieces: dict[str, Floats]
    """What one occurrence of a piece adds before the sum is divided by the length."""

    def scores(self, messages: list[Message], keep: set[str] | None = None) -> Floats:
        found = feature_matrix(messages, self.names) @ self.feature_weights + self.bias
        kept = {piece: row for piece, row in self.pieces.items() if keep is None or piece in keep}
        counted = _counter(list(kept)).transform([message.plain[:READ] for message in messages])
        sizes = np.array([length(message.plain[:READ]) for message in messages])
        scores: Floats = found + (counted @ np.array(list(kept.values()))) / sizes[:, None]
        return scores


def feature_matrix(messages: list[Message], names: list[str]) -> Floats:
    columns = {name: number for number, name in enumerate(names)}
    matrix = np.zeros((len(messages), len(names)))
    for row, message in enumerate(messages):
        for name, value in message.features.items():
            if name in columns:
                matrix[row, columns[name]] = value
    return matrix


def _counter(pieces: list[str] | None = None, **options: Any) -> CountVectorizer:
    return CountVectorizer(
        analyzer="char",
        ngram_range=(1, 3),
        vocabulary=pieces,
        binary=True,
        lowercase=False,
        dtype=np.float32,
        **options,
    )


def fit(messages: list[Message], projected: Floats, space: Space) -> Fit:
    """Two multinomial logistic regressions whose scores are added: one on features and directions, which are
    folded back to n-grams, and one on all pieces of words of the labelled messages.
    """
    labels, weights = [m.label for m in messages], [m.weight for m in messages]
    names = sorted({name for message in messages for name in message.features})
    matrix = np.hstack([feature_matrix(messages, names), SCALE * projected])
    bias, coefficients = _regression(matrix, labels, weights, STRENGTH)
    ngram_weights = SCALE * space.svd.components_.T @ coefficients[len(names) :] * space.idf[:, None]
    pieces = dict(zip(space.names, ngram_weights, strict=True))
    more_bias, more = _fit_pieces(messages, labels, weights)
    for piece, row in more.items():
        pieces[piece] = pieces.get(piece, np.zeros(len(DOMAINS))) + row
    pieces = {piece: row - row.mean() for piece, row in pieces.items()}
    return Fit(names, bias + SHARE * more_bias, coefficients[: len(names)], pieces)


def _fit_pieces(
    messages: list[Message], labels: list[str], weights: list[float]
) -> tuple[Floats, dict[str, Floats]]:
    texts = [message.plain[:READ] for message in messages]
    counter = _counter(min_df=LEAST_TEXTS)
    counts = counter.fit_transform(texts)
    kept = np.array([_ours(piece) for piece in counter.get_feature_names_out()])
    pieces, counts = counter.get_feature_names_out()[kept], counts[:, kept]
    idf = np.log(len(texts) / np.asarray(counts.sum(0)).ravel())
    sizes = sp.diags(1 / np.array([length(text) for text in texts]))
    matrix = sizes.dot(counts.multiply(idf[None, :]).tocsr()).tocsr()
    bias, coefficients = _regression(matrix, labels, weights, STRENGTH_OF_PIECES)
    return bias, dict(zip(pieces, SHARE * coefficients * idf[:, None], strict=True))


def _regression(
    matrix: Floats | sp.csr_matrix, labels: list[str], weights: list[float], strength: float
) -> tuple[Floats, Floats]:
    """Intercepts, and coefficients with one row per column of the matrix; both follow DOMAINS."""
    model = LogisticRegression(C=strength, max_iter=200, tol=1e-3)
    model.fit(matrix, labels, sample_weight=weights)
    order = [list(model.classes_).index(domain) for domain in DOMAINS]
    return model.intercept_[order], model.coef_[order].T


def importance(result: Fit, texts: list[str]) -> dict[str, float]:
    """How much each piece of words moves decisions over the texts given, by piece."""
    pieces = list(result.pieces)
    counts = _counter(pieces).transform(texts)
    sizes = sp.diags(1 / np.array([length(text) for text in texts]))
    often = np.asarray(sizes.dot(counts).sum(0)).ravel()
    moved = np.abs(np.array(list(result.pieces.values()))).max(1) * np.sqrt(often + 1e-3)
    return dict(zip(pieces, moved, strict=True))


def homophones() -> dict[str, str]:
    """Each common character → the characters that sound the same, for planting typing slips."""
    table = Path("classify/data/syllables.tsv").read_text(encoding="utf-8").splitlines()
    common = {char for char in map(chr, range(0x4E00, 0xA000)) if _gb2312(char)}
    groups = ["".join(c for c in line.split("\t")[1] if c in common) for line in table]
    return {char: group.replace(char, "") for group in groups for char in group if len(group) > 1}


def _gb2312(char: str) -> bool:
    try:
        return 0xB0 <= char.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


def with_slips(text: str, seed: str, sounds: dict[str, str]) -> str:
    """The text with one homophone in every fifth word, a word being two characters on average."""
    chance = random.Random(seed)
    chars = list(text)
    han = [place for place, char in enumerate(chars) if char in sounds]
    for start in range(0, len(han), 10):
        place = chance.choice(han[start : start + 10])
        chars[place] = chance.choice(sounds[chars[place]])
    return "".join(chars)
