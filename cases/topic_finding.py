"""Many requests about one matter at one place: found by the names that recur and the wording they share (pure).

Requests about the same event resemble each other little as texts (their median cosine is about 0.1), so the place
leads. A name is a string that ends in the generic part of a place name (通名, such as 小区 or 路), recurs, and is not
merely a piece of a longer one. Its requests are one matter as far as they share the pairs of characters that set them
apart from all other requests; those that do not are left out. Names whose requests are mostly the same are one topic.
"""

from __future__ import annotations

import math
import re
import unicodedata
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import TypeAlias

FEWEST = 5  # fewer are never shown, so they need not be found
READ = 400  # characters of a request's words; what it is about stands at the beginning
SHORTEST, LONGEST = 3, 8  # characters of a name
PIECE = 0.7  # a name with so great a share of its requests inside a longer one is a piece of that
COMMON = 0.03  # a name in a larger share of all requests is no particular place
COMMON_AT_LEAST = 60
TELLING, TELLING_SHARE, TELLING_LIFT = 20, 0.2, 4.0
SHARPEST = 6
SHARED = 0.2  # of the telling pairs' weight, so much is in every request of a topic
SAME = 0.5
WORDING = 4
CELLS = 1 << 20
PRUNED_EVERY = 5_000
GENERIC = (
    "小区|社区|新城|花园|公园|家园|庄园|学园|公寓|别墅|山庄|广场|市场|商场|工地|项目|楼盘|大厦|大道|公路|高速|隧道|地铁|车站|"
    "学校|大学|中学|小学|幼儿园|学院|医院|公司|集团|工厂|园区|景区|水库|中心|号线|"
    "园|苑|城|郡|府|湾|庭|轩|阁|墅|邸|里|院|校|村|组|镇|街|路|巷|桥|站|厂|楼|馆|湖|河|江|山|岛|港|寺|国际"
)
_ENDS = re.compile(f"(?=({GENERIC}))")
_RUNS = re.compile(r"[a-z0-9\u4e00-\u9fff]+")
_STARTS_NO_NAME = frozenset(
    "的了是在和有不我们你他这该那个一到从对与及或为等被把请让就都也很将向给之其此每各本某市区县省内外上下前后旁边里中处号期栋"
)
_NO_NAME = re.compile(
    r"[的了是我你他这那们吗呢吧以为让]|附近|旁边|投诉|反映|举报|建议|咨询|请求|关于|小区|城市|政府|业主|物业|影响|希望|建设(?![街路])|居民|公交|周边"
)
Pairs: TypeAlias = "array[int]"  # four bytes a pair


@dataclass(frozen=True)
class Request:
    """A request as far as topics go. ``key`` is whatever the caller knows it by."""

    key: int
    at: datetime
    title: str
    place: str = ""
    words: str = ""

    @property
    def runs(self) -> list[str]:
        text = f"{self.title}。{self.place}。{self.words[:READ]}"
        return _RUNS.findall(unicodedata.normalize("NFKC", text).lower())


@dataclass
class Topic:
    """Requests about one matter. ``before`` is the mean number of a stretch as long, in the stretches before."""

    names: list[str]
    wording: list[str]
    members: list[Request]
    before: float = 0.0
    weights: dict[int, float] = field(default_factory=dict, repr=False)

    @property
    def n(self) -> int:
        return len(self.members)

    @property
    def heat(self) -> float:
        """By how many standard deviations there are more than before, if requests came by chance (Poisson), times how
        sharply the wording sets them apart (the mean weight of the best pairs): many requests about many things in
        one large district are no topic.
        """
        best = sorted(self.weights.values(), reverse=True)[:SHARPEST]
        return sum(best) / SHARPEST * (self.n - self.before) / math.sqrt(self.before + 1)

    def fits(self, pairs: Pairs) -> bool:
        """Whether a request with these pairs shares the topic's wording."""
        return sum(self.weights.get(pair, 0) for pair in pairs) >= SHARED * sum(self.weights.values())


Earlier = Callable[[str], tuple[Iterable[Request], int]]


def find_topics(requests: Sequence[Request], *, earlier: Earlier | None = None, most: int = 50) -> list[Topic]:
    """The hottest topics of the requests. ``earlier`` gives, for a name, the requests with it in the stretches before,
    and how many stretches those are.
    """
    texts = [request.runs for request in requests]
    pairs = [_pairs(runs) for runs in texts]
    spread = array("I", bytes(4 * CELLS))
    for mine in pairs:
        for pair in mine:
            spread[pair] += 1
    found = []
    for name, places in _named(texts).items():
        topic = Topic([name], [], [], weights=_telling(name, [pairs[n] for n in places], spread, len(requests)))
        members = [n for n in places if topic.weights and topic.fits(pairs[n])]
        if len(members) >= FEWEST:
            topic.members = [requests[n] for n in members]
            topic.wording = _wording([texts[n] for n in members], topic.weights, name)
            found.append(topic)
    topics = sorted(_merged(found), key=lambda topic: -topic.heat)[:most]
    for topic in topics:
        names = " ".join(name for name in topic.names if topic.names[0] in name)
        topic.wording = [said for said in topic.wording if said not in names][:WORDING]
    for topic in topics if earlier else []:
        before, stretches = earlier(topic.names[0])  # type: ignore[misc]
        topic.before = sum(topic.fits(_pairs(request.runs)) for request in before) / stretches
    return sorted(topics, key=lambda topic: (-topic.heat, -topic.n))


def _pairs(runs: list[str]) -> Pairs:
    """Each pair of neighbouring characters once, as a place in a table."""
    found = {zlib.crc32(f"{a}{b}".encode()) % CELLS for run in runs for a, b in pairwise(run)}
    return array("I", sorted(found))


def _named(texts: list[list[str]]) -> dict[str, list[int]]:
    """The recurring names, and where they stand."""
    counted: Counter[str] = Counter()
    for n, runs in enumerate(texts, start=1):
        counted.update(_candidates(runs))
        if n % PRUNED_EVERY == 0:  # what stands alone so far is let go, so that memory is bounded
            counted = Counter({name: seen for name, seen in counted.items() if seen > 1})
    most = max(COMMON * len(texts), COMMON_AT_LEAST)
    kept = {name: seen for name, seen in counted.items() if FEWEST <= seen <= most}
    pieces = {name[1:] for name, seen in kept.items() if seen >= PIECE * counted[name[1:]]}
    names = {name for name in kept if name not in pieces and not _is_no_name(name)}
    places: dict[str, list[int]] = defaultdict(list)
    for n, runs in enumerate(texts):
        for name in _candidates(runs) & names:
            places[name].append(n)
    return places


def _is_no_name(name: str) -> bool:
    """Words of every request before the generic part, or an authority: the road is a name, "our road" is none."""
    return bool(_NO_NAME.search(name[:-1])) or name.endswith("政府")


def _candidates(runs: list[str]) -> set[str]:
    found = set()
    for run in runs:
        for match in _ENDS.finditer(run):
            end = match.end(1)
            for start in range(max(end - LONGEST, 0), end - SHORTEST + 1):
                if run[start] not in _STARTS_NO_NAME:
                    found.add(run[start:end])
    return found


def _telling(name: str, pairs: list[Pairs], spread: Pairs, total: int) -> dict[int, float]:
    """The pairs that set the requests with a name apart, with their weights: share · ln(share / share in all)."""
    own = set(_pairs([name]))
    counted = Counter(pair for mine in pairs for pair in mine)
    scored = {}
    for pair, seen in counted.items():
        share = seen / len(pairs)
        lift = share / (spread[pair] / total)
        if pair not in own and seen >= FEWEST and share >= TELLING_SHARE and lift >= TELLING_LIFT:
            scored[pair] = share * math.log(lift)
    return dict(sorted(scored.items(), key=lambda item: (-item[1], item[0]))[:TELLING])


def _wording(texts: list[list[str]], weights: dict[int, float], name: str) -> list[str]:
    """The telling pairs as strings, those that follow each other joined: 搅拌 + 拌站 is 搅拌站."""
    counted: Counter[str] = Counter()
    for runs in texts:
        strings = set()
        for run in runs:
            string = ""
            for a, b in pairwise(run):
                if zlib.crc32(f"{a}{b}".encode()) % CELLS in weights:
                    string = string + b if string else a + b
                elif string:
                    strings.add(string)
                    string = ""
            if string:
                strings.add(string)
        counted.update(string for string in strings if 2 <= len(string) <= LONGEST and string not in name)
    chosen: list[str] = []
    for string, _n in counted.most_common(20):
        if not any(string in other or other in string for other in chosen):
            chosen.append(string)
    return chosen


def _merged(found: list[Topic]) -> list[Topic]:
    """Topics with mostly the same requests made one; the largest leads."""
    kept: list[Topic] = []
    for topic in sorted(found, key=lambda topic: (-topic.n, -len(topic.names[0]))):
        keys = {request.key for request in topic.members}
        for other in kept:
            theirs = {request.key for request in other.members}
            if len(keys & theirs) >= SAME * len(keys):
                other.names += topic.names
                other.members += [request for request in topic.members if request.key not in theirs]
                break
        else:
            kept.append(topic)
    return sorted(kept, key=lambda topic: -topic.n)
