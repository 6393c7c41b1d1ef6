"""The names of a body: how a report calls it for short, and which area a government has.

A short name keeps signs of the full one in their order: 区人社局 for 云溪区人力资源和社会保障局. It is the
place or the rank alone, some signs of the stem, and the ending or what stands for it (ENDINGS).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import product

from ogi.agencies.kinds import kind_of
from ogi.agencies.regions import has_stayed, is_region
from ogi.said import packaged

ENDINGS = {
    "管理委员会": "管委会?|管理委员会|委员会|委会",
    "委员会": "委(?:员会)?",
    "办公室": "办(?:公室)?",
    "办事处": "办(?:事处)?",
    "人民政府": "(?:人民)?政府|府",
    "中心": "中心",
    "联合会": "联(?:合会)?",
}
"""What a full name ends with → what a short one does; every other name ends with its last sign."""
_INNER = r"(?:州(?=[省市区镇乡县](?![场政容域直])|街道)|[乡镇](?=市(?![场政容])))"
"""What ends names of places, inside another (滁州市, 甘州区, 新乡市, 景德镇市); 镇江市 begins so."""
# 9 for 东岭经济技术开发区; what is no place: 城市管理局, 社区, 城乡, 乡村振兴局.
_PLACE = re.compile(
    rf"(?!城[市区乡镇]|社区)(?:[镇乡](?=\w[市县区]))?(?:[^省市区县旗州盟镇乡道局]|{_INNER}){{1,9}}?"
    rf"(?:省|市|地区|区|县|旗|(?!{_INNER})(?:州|镇|乡)|盟|街道)"
)
_ABOVE = re.compile(r"^国家\w{2,6}总?局(?=\w)")
"""The central body that stands in front of the name of a local one: 国家税务总局东岭市税务局."""
_BRANCH = re.compile(r"(?P<of>\w{2,12})局(?P<place>(?!城[市区乡镇])\w{1,6}?[区县市旗])分局$")
"""The office of a bureau for one district, which goes by the district: 东岭市公安局云溪区分局, 区公安分局."""
# As many agencies as a run of ingest has at a time; a pattern is small.
_KEPT = 1024


@dataclass(frozen=True)
class Body:
    """One body by the parts of its name: 东岭市 · 云溪区 | 人力资源和社会保障局."""

    places: tuple[str, ...]
    stem: str
    ending: str

    @property
    def rank(self) -> str:
        """The kind of its place: 区; empty where the name tells none."""
        place = self.places[-1] if self.places else ""
        return "街道" if place.endswith("街道") else place[-1:]

    @property
    def is_government(self) -> bool:
        """Does it govern an area, whose bodies its report may tell of together?"""
        return not self.stem and self.ending in ("人民政府", "办事处", "管理委员会")

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Where a text names it, in full or for short."""
        if not self.ending:
            return re.compile("(?!)")
        # 东岭 stands for 东岭市, too, and 高新区 for a zone of that kind.
        places = "".join(f"(?:{re.escape(p.removesuffix(p[-1]))}{p[-1]}?)?" for p in self.places)
        if self.ending == "管理委员会":
            places += "".join(f"{re.escape(sign)}?" for sign in self.places[-1][:-1]) if self.places else ""
        rank = f"(?:{self.rank})?" if self.rank else ""
        ending = f"(?:{ENDINGS.get(self.ending, re.escape(self.ending))})"
        stem = "".join(f"{re.escape(sign)}?" for sign in self.stem)
        some = f"(?=[{re.escape(self.stem)}])" if self.stem else ""
        area = f"|{re.escape(self.places[-1])}|街道" if self.is_government and self.places else ""
        # 县局, 省厅 is that of whoever reports; 市委 is no bureau.
        bureau = f"|{self.rank}{self.ending}" if self.rank and self.ending in ("局", "厅") else ""
        # 县政府办理申请 names no office of the county's government.
        return re.compile(f"{places}{rank}{some}{stem}{ending}(?!(?<=办)[理结件复]){area}{bureau}")


@lru_cache(_KEPT)
def body_of(name: str) -> Body:
    """The parts of an agency's name."""
    left, places = _ABOVE.sub("", name), []
    while (place := _PLACE.match(left)) and place[0] != left:
        places.append(place[0])
        left = left[place.end() :]
    if branch := _BRANCH.match(left):
        places.append(branch["place"])
        left = f"{branch['of']}分局"
    # 国有资产监督管理委员会 is no 管委会; that of a zone is.
    endings = (ending for ending in ENDINGS if left.endswith(ending))
    ending = next((e for e in endings if e != "管理委员会" or left in (e, f"{left[:-6]}区{e}")), left[-1:])
    stem = left.removesuffix(ending)
    # A zone's name may be longer than any other place's: 东岭高新技术产业开发区.
    zone = (stem,) if stem and ending == "管理委员会" else ()
    return Body((*places, *zone), "" if zone else stem, ending)


_RANKS = frozenset("省市县旗区")
"""The ranks of places of which two are told apart: towns are merged and renamed every year."""
_WIDE = ("自治区", "地区")
"""What ends as a district does, and lies above one: 西藏自治区, 阿里地区."""
_GENERIC = re.compile("人民政府|政府|办公[厅室]|办事处|管理|委员会|街道|(?<=[省市区县旗州盟镇乡道])(?=.)|局$")
"""What says nothing of which agency it is: words that many names have, and where the name of a place ends."""


STEADY = ("教育", "公安", "民政", "司法", "财政", "审计", "统计", "税务", "气象")
"""Stems of bodies that a longer name is no long form of: 教育局 became part of 教育体育局."""
FIELDS: dict[str, list[str]] = packaged(__package__, "fields.yaml")
"""Field of government → words in the names of its bodies; none of them is one of another field, renamed."""
_IN_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
"""A second name: 某市科学技术局（某市外国专家局）; also the end of the only one: 某市人民政府（办公厅）."""
_BRACKETS = str.maketrans("", "", "（）()")


def is_body(name: str) -> bool:
    """Is it called as bodies are, and not as a place, a form or a folder for whatever comes in?"""
    plain = _IN_BRACKETS.sub("", name)
    return kind_of(plain) != "other" or plain.endswith((*ENDINGS, "管委会"))


def are_one(one: str, other: str) -> bool:
    """Are two names ways to write one: with and without its places, in full or for short (市人社局)?

    A government is not its office, nor a bureau its branch. Places must be the same: 洪泽区 is not 洪泽县.
    """
    written = product(*({_IN_BRACKETS.sub("", name), name.translate(_BRACKETS)} for name in (one, other)))
    return any(a == b or _is_short(a, b) or _is_short(b, a) for a, b in written)


def _is_short(name: str, full: str) -> bool:
    """Is the name a shorter one for the body of the full name, or the same without its places?"""
    # Of 黔西南布依族苗族自治州兴义市教育局 the places are not all found.
    if full.endswith(name) and full[: -len(name)].endswith(("省", "市", "区", "县", "旗", "盟", "州")):
        return True
    own, body = body_of(name), body_of(full)
    # 生态环境局云溪分局 is a branch.
    is_named = body.stem.endswith(own.stem) and not (own.places and body.places)
    is_part = own.stem in STEADY and own.stem != body.stem and not is_named
    if is_part or ("局" in body.stem and "局" not in own.stem):
        return False
    # A zone goes by any signs of its name: 高新区管委会.
    if own.places and body.places and body.ending != "管理委员会":
        rest, is_there = own.stem + own.ending, _is_place(own.places[-1], body.places[-1])
        return is_there and (rest == body.stem + body.ending or _names(replace(body, places=()), rest))
    return full.endswith(name) or _names(replace(body, places=body.places[-1:]), name)


def _is_place(one: str, other: str) -> bool:
    """Are they one place, also where one leaves the peoples of an autonomous one out: 阿坝州?"""
    short, full = sorted((one, other), key=len)
    is_autonomous = "自治" in full and full.startswith(short[:-1]) and full[-1] == short[-1]
    return one == other or is_autonomous


def _names(body: Body, name: str) -> bool:
    return body.pattern.fullmatch(name) is not None


def are_strangers(one: str, other: str) -> bool:
    """Are two names surely of two agencies: of two FIELDS, or of two places?

    Where the field does not tell, each must tell a place, and they may share neither place nor body. A part
    of a place's name or of a body's that is in both is enough to doubt it: agencies are renamed
    (城市管理局, 综合行政执法局), told for short, and lie in one another's regions. The body may be the same
    where the places are two beyond doubt: 徐州市公安局, 苏州市公安局.
    """
    bodies = body_of(one), body_of(other)
    fields = [_fields_of(body.stem) for body in bodies]
    if all(len(own) == 1 for own in fields) and fields[0] != fields[1]:
        return True
    if one in other or other in one or not all(body.places for body in bodies):
        return False
    names = {0: other, 1: one}
    if _are_apart(bodies[0].places, bodies[1].places, names):
        return True
    if any(place[:-1] in names[n] for n, body in enumerate(bodies) for place in body.places):
        return False
    own = [body.stem.removesuffix("政府").removesuffix("人民") for body in bodies]
    if any(own[n] and body.pattern.search(names[n]) for n, body in enumerate(bodies)):
        return False
    return _pairs(one).isdisjoint(_pairs(other))


def _fields_of(stem: str) -> set[str]:
    stem = stem.replace("人民政府", "")  # in which 民政 stands
    return {field for field, words in FIELDS.items() if any(word in stem for word in words)}


def _are_apart(own: tuple[str, ...], others: tuple[str, ...], names: dict[int, str]) -> bool:
    """Do two names tell places of one rank that cannot be one place?

    `names`: the whole name of the other, which may tell the place besides. Of two that the table of regions
    has, both must be there today: 下城区 is part of 拱墅区 now. One that it does not have may be the other
    one, misspelt or misread.
    """
    first, second = (
        {place[-1]: place for place in places if not place.endswith(_WIDE)} for places in (own, others)
    )
    for rank in _RANKS & first.keys() & second.keys():
        one, other = first[rank], second[rank]
        if one[:-1] in names[0] or other[:-1] in names[1]:
            continue
        if all(map(has_stayed, (one, other))) or not any(map(is_region, (one, other))):
            return True
    return False


def _pairs(name: str) -> set[str]:
    """Each two signs that stand beside each other and tell which agency it is."""
    return {part[n : n + 2] for part in _GENERIC.split(name) for n in range(len(part) - 1)}
