"""One classifier for all tests: loading is slow beside deciding."""

from __future__ import annotations

import pytest

from classify import Classifier


@pytest.fixture(scope="session")
def classifier() -> Classifier:
    return Classifier.load()
