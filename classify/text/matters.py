"""Several matters in one message: nuisance first, a debt after it. Each is to be a complaint of its own.

Only finds where one matter ends and the next may begin; what each is about is for the classifier to say.
"""

from __future__ import annotations

import re
from itertools import pairwise

from classify.types import Span

LEAST = 7
"""Characters of a part that may be a matter."""
MOST = 4
LONGEST = 300
"""Characters up to which a message is looked through for several: a long letter tells one matter in parts."""
_NEXT = re.compile(
    r"(?:(?<=[。!?;\n,！？；，、])\s*|\s+)"
    r"(?=另外|此外|同时|对了|还有(?!人|钱|力|效|限|意|法|的)|还要反映|再就是|再(?:一|说一)个|再反映|顺便|(?:第二|第三)(?:件|个|,|，|、)"
    r"|其二|其三|二是|三是|[二三四]、|[2-4][、.．)）]|[②③④]|(?i:also,|besides,|second(?:ly)?,|another ))"
    r"|(?<=[。!?;\n,！？；，])(?=[^,。!?;，！？；\n]{2,12}?[还也](?:欠|拖欠|克扣|骗|扣|没|不|占|收|把|取消|答应|承诺))"
)


def parts_of(text: str) -> list[Span]:
    """The stretches of a text that could be matters of their own; fewer than two mean that it is one."""
    if len(text) > LONGEST:
        return []
    cuts = [0, *(found.end() for found in _NEXT.finditer(text)), len(text)]
    parts = [Span(start, end) for start, end in pairwise(cuts) if end - start >= LEAST]
    return parts if 2 <= len(parts) <= MOST else []
