"""The dialogue as the citizen tests have it."""

from tests.citizen.conftest import clock as clock
from tests.citizen.conftest import core as core
from tests.citizen.conftest import dialogue as dialogue
from tests.citizen.conftest import rules as rules
from tests.citizen.conftest import storage as storage
from tests.citizen.conftest import telegram as telegram
