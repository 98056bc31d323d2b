"""Who the noun phrases of an article are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import dragoman.codebook
from dragoman.codebook.actors import load_actors
from dragoman.model import ActorMention, Article, Report
from dragoman.parsing import SpacyParser
from dragoman.resolving.actors import ActorResolver

DATA = Path(dragoman.codebook.__file__).parent / "data" / "en"


@pytest.fixture(scope="module")
def resolver() -> ActorResolver:
    return ActorResolver(load_actors(DATA))


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    return SpacyParser()


def mentions(
    resolver: ActorResolver, parser: SpacyParser, text: str, day: str | None = "2024-05-01"
) -> list[ActorMention]:
    analysis = next(iter(parser.analyse([text])))
    report = resolver(Report(Article("a", text, published=day), analysis))
    for mention in report.mentions:
        assert mention.span.of(text) == mention.text
        for party in mention.parties:
            assert text[party.start : party.end] == party.text
    assert len(report.mention_at) == len(report.mentions)
    return list(report.mentions)


def coded(
    resolver: ActorResolver, parser: SpacyParser, text: str, day: str | None = "2024-05-01"
) -> dict[str, list[tuple[str | None, str | None]]]:
    return {m.text: [(p.code, p.sector) for p in m.parties] for m in mentions(resolver, parser, text, day)}


@pytest.mark.parametrize(
    ("text", "phrase", "wanted"),
    [
        ("Russian forces shelled the port.", "Russian forces", [("RUS", "MIL")]),
        ("Manila's foreign ministry protested.", "Manila's foreign ministry", [("PHL", "GOV")]),
        ("Protesters in Lima blocked the road.", "Protesters", [("PER", "CVL")]),
        ("Gunmen killed two farmers.", "Gunmen", [(None, "UAF")]),
        ("Gunmen killed two farmers.", "two farmers", [(None, "AGR")]),
        ("The Kremlin denied the report.", "The Kremlin", [("RUS", "GOV")]),
        ("Dozens of Kenyan teachers marched.", "Dozens of Kenyan teachers", [("KEN", "EDU")]),
        ("Officials of Chad, Niger and Mali signed it.", "Officials of Chad, Niger and Mali",
         [("TCD", "GOV"), ("NER", "GOV"), ("MLI", "GOV")]),
        ("The Swedish and Danish navies trained together.", "The Swedish and Danish navies",
         [("SWE", "MIL"), ("DNK", "MIL")]),
        ("Hamas officials travelled to Doha.", "Hamas officials", [("PSE", "REB")]),
        ("The president of Ghana resigned.", "The president of Ghana", [("GHA", "GOV")]),
        ("Iran-backed militias fired rockets.", "Iran-backed militias", [(None, "UAF")]),
        ("The former Croatian minister was arrested.", "The former Croatian minister", [("HRV", "ELI")]),
    ],
)
def test_a_phrase_is_somebody(
    resolver: ActorResolver, parser: SpacyParser, text: str, phrase: str, wanted: list[tuple[str, str]]
) -> None:
    assert coded(resolver, parser, text)[phrase] == wanted


def test_noun_phrases_without_anybody_give_no_mention(resolver: ActorResolver, parser: SpacyParser) -> None:
    found = coded(resolver, parser, "The rocket hit a warehouse on Monday after heavy rain.")
    assert found == {}


def test_a_surname_means_the_person_named_before(resolver: ActorResolver, parser: SpacyParser) -> None:
    text = "Tomas Vodnik, Slovenia's interior minister, met Ana Brezar. On Monday, Vodnik flew home."
    last = [m for m in mentions(resolver, parser, text) if m.text == "Vodnik"][-1].parties[0]
    assert (last.name, last.code, last.sector, last.entity) == (
        "Tomas Vodnik", "SVN", "GOV", "person:tomas-vodnik"
    )


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Chad condemned the Nairobi bombing.", "Nairobi", "place"),
        ("Chad praised the Paris climate accord.", "Paris", "place"),
        ("The Phnom Penh talks failed.", "Phnom Penh", "place"),
        ("The Nairobi government condemned the bombing.", "Nairobi", "country"),
        ("Chad condemned Nairobi's attack.", "Nairobi", "country"),
        ("Nairobi attacked Chad.", "Nairobi", "country"),
    ],
)
def test_a_capital_before_a_deed_is_a_place(
    resolver: ActorResolver, parser: SpacyParser, text: str, name: str, kind: str
) -> None:
    assert [m.kind for m in mentions(resolver, parser, text) if m.text.endswith(name)] == [kind]


HOME = "Miners march in Zambia\n\nMiners marched through Lusaka on Monday. "


@pytest.mark.parametrize(
    ("text", "phrase", "code"),
    [
        (HOME + "Police fired tear gas.", "Police", "ZMB"),
        (HOME + "Soldiers closed a bridge.", "Soldiers", "ZMB"),
        (HOME + "The ministry of mines was silent.", "The ministry of mines", "ZMB"),
        (HOME + "A judge freed ten men.", "A judge", "ZMB"),
        # Whoever may be of any state, and what belongs to somebody else, stays without one.
        (HOME + "A minister flew in.", "A minister", None),
        (HOME + "Foreign troops watched.", "Foreign troops", None),
        (HOME + "Diplomats watched.", "Diplomats", None),
        (HOME + "The president of the union spoke.", "The president of the union", None),
        (HOME + "Miners were hurt.", "Miners", None),
        # Two countries in the lead: the article is at home in neither.
        ("Zambia and Chad quarrel\n\nZambia expelled an envoy. Police fired tear gas.", "Police", None),
        # Further down another country is named as often.
        (HOME + "Kenya and Kenyan firms sent aid, and Nairobi more. Police fired tear gas.", "Police", None),
        # Where a news agency is based says nothing.
        (HOME + "Police fired tear gas, Reuters and Xinhua said.", "Police", "ZMB"),
    ],
)  # fmt: skip
def test_a_body_of_a_state_is_of_the_country_that_the_article_is_about(
    resolver: ActorResolver, parser: SpacyParser, text: str, phrase: str, code: str | None
) -> None:
    found = next(m for m in mentions(resolver, parser, text) if m.text == phrase)
    assert found.parties[0].code == code
    assert found.reason == (f"the phrase names no country{'; the article is about one' if code else ''}")


LIMA = "LIMA, March 3 (Reuters) - Peru's president spoke. The United States listened. "


@pytest.mark.parametrize(
    ("text", "phrase", "code"),
    [
        (LIMA + "Congress passed a law.", "Congress", "PER"),
        (LIMA + "The Republican Party won.", "The Republican Party", "PER"),
        (LIMA + "The U.S. Congress passed a law.", "The U.S. Congress", "USA"),
        ("Congress passed a law.", "Congress", "USA"),
    ],
)
def test_a_name_that_many_states_have_is_of_the_article_s_own(
    resolver: ActorResolver, parser: SpacyParser, text: str, phrase: str, code: str
) -> None:
    assert next(m for m in mentions(resolver, parser, text) if m.text == phrase).parties[0].code == code


def test_a_name_glued_to_a_word_is_nobody(resolver: ActorResolver, parser: SpacyParser) -> None:
    assert not mentions(resolver, parser, "The Pan-American road is long.")
    assert mentions(resolver, parser, "The Anglo-French pact is old.")


def test_pronouns_and_phrases_that_point_back_are_left_open(resolver: ActorResolver, parser: SpacyParser) -> None:
    text = "They met on Friday. Both countries and the two leaders said each side would stop."
    kinds = {m.text: (m.kind, m.parties) for m in mentions(resolver, parser, text)}
    assert kinds["They"] == ("pronoun", ())
    for phrase in ("Both countries", "the two leaders", "each side"):
        assert kinds[phrase] == ("description", ())


@pytest.mark.parametrize(
    ("text", "word", "code"),
    [
        ("Georgia expelled the envoy. Tbilisi gave no reason.", "Georgia", "GEO"),
        ("Republicans won in Georgia, where Atlanta voted late.", "Georgia", "USA"),
        ("Congo closed the border. Brazzaville said so.", "Congo", "COG"),
        ("Congo closed the border near Goma.", "Congo", "COD"),
        ("South Sudan and Sudan met.", "South Sudan", "SSD"),
        ("South Sudan and Sudan met.", "Sudan", "SDN"),
        ("Turkey met Papua New Guinea.", "Turkey", "TUR"),
        ("Turkey met Papua New Guinea.", "Papua New Guinea", "PNG"),
        ("Jordan condemned the raid.", "Jordan", "JOR"),
    ],
)
def test_ambiguous_names(resolver: ActorResolver, parser: SpacyParser, text: str, word: str, code: str) -> None:
    assert coded(resolver, parser, text)[word][0][0] == code


def test_a_country_beside_a_given_name_is_a_person(resolver: ActorResolver, parser: SpacyParser) -> None:
    found = mentions(resolver, parser, "Marcus Jordan spoke on Friday.")
    assert [(m.text, m.kind) for m in found] == [("Marcus Jordan", "person")]


def test_the_north_is_a_country_only_where_korea_is_the_subject(
    resolver: ActorResolver, parser: SpacyParser
) -> None:
    korean = coded(resolver, parser, "Seoul said the North fired a missile.")
    assert korean["the North"] == [("PRK", "GOV")]
    other = coded(resolver, parser, "Rebels hold the North, the army said.")
    assert not any("North" in text for text in other)


def test_a_place_after_a_preposition_is_no_government(resolver: ActorResolver, parser: SpacyParser) -> None:
    found = {m.text: m for m in mentions(resolver, parser, "Police arrested a man in Peru.")}
    assert found["Peru"].kind == "place"
    assert found["Peru"].parties[0].sector is None


@pytest.mark.parametrize(
    ("text", "day", "code", "sector"),
    [
        ("Swedish police", None, "SWE", "COP"),
        ("the president of Kenya", date(2024, 1, 1), "KEN", "GOV"),
        ("villagers in Mali", None, "MLI", "CVL"),
    ],
)
def test_one_actor_string(
    resolver: ActorResolver, text: str, day: date | None, code: str, sector: str
) -> None:
    party = resolver.code(text, day)
    assert party is not None
    assert (party.code, party.sector) == (code, sector)


def test_a_string_that_names_nobody(resolver: ActorResolver) -> None:
    assert resolver.code("heavy rain", None) is None
    assert resolver.code("", None) is None


def test_several_people_behind_one_role(resolver: ActorResolver, parser: SpacyParser) -> None:
    text = "The Russian and Chinese foreign ministers, Sergei Lavrov and Wang Yi, condemned the move."
    ministers = mentions(resolver, parser, text)[2]
    assert [(p.name, p.code) for p in ministers.parties] == [("Sergei Lavrov", "RUS"), ("Wang Yi", "CHN")]


def test_a_state_that_is_fired_at_is_no_place(resolver: ActorResolver, parser: SpacyParser) -> None:
    found = {m.text: m.kind for m in mentions(resolver, parser, "The group fired rockets at Cyprus.")}
    assert found["Cyprus"] == "country"


def test_a_leader_by_surname_and_country(resolver: ActorResolver, parser: SpacyParser) -> None:
    text = "Putin spoke to Erdogan about Russian gas and Turkish grain."
    found = {m.text: m.parties[0] for m in mentions(resolver, parser, text, "2023-07-01") if m.kind == "person"}
    assert found["Putin"].name == "Vladimir Putin"
    assert found["Erdogan"].name == "Recep Tayyip Erdogan"


def test_layer_gives_names_without_titles(resolver: ActorResolver, parser: SpacyParser) -> None:
    text = "President Adama Kolo met the Danish Red Moon Party in Oslo."
    analysis = next(iter(parser.analyse([text])))
    layer = resolver.layer(Report(Article("a", text), analysis))
    assert [(row["text"], row["kind"]) for row in layer] == [
        ("Adama Kolo", "person"), ("Danish Red Moon Party", "organisation"), ("Oslo", "country")
    ]
    for row in layer:
        assert text[int(str(row["start"])) : int(str(row["end"]))] == row["text"]


def test_a_body_beside_somebody_well_known_does_not_change_their_country(
    resolver: ActorResolver, parser: SpacyParser
) -> None:
    found = coded(resolver, parser, "Emmanuel Macron, who chaired the Central Military Commission's guests, left.")
    assert [code for code, _ in found["Emmanuel Macron"]] == ["FRA"]
    found = coded(resolver, parser, "Kim Jong Un, vice-chairman of the Central Military Commission, left.")
    assert [code for code, _ in found["Kim Jong Un"]] == ["PRK"]


ABROAD = "QUITO, Ecuador - The interior ministry banned rallies in Guayaquil. "


@pytest.mark.parametrize(
    ("text", "phrase", "wanted"),
    [
        (ABROAD + "President Ana Ruiz rejected the request.", "President Ana Ruiz", [("ECU", "GOV")]),
        (ABROAD + "President Ana Ruiz refused. Ruiz left.", "Ruiz", [("ECU", "GOV")]),
        # No country, two countries, somebody else's president, no office: nobody's.
        ("President Ana Ruiz rejected the request.", "President Ana Ruiz", [(None, "GOV")]),
        ("Ecuador sent envoys to Peru. President Ana Ruiz was silent.", "President Ana Ruiz", [(None, "GOV")]),
        (ABROAD + "Club president Ana Ruiz of Zubrowka left.", "Club president Ana Ruiz", [(None, "SOC")]),
        (ABROAD + "Singer Ana Ruiz left.", "Singer Ana Ruiz", [(None, "CVL")]),
        ("Serbian President Milan Obradovic rejected it.", "Serbian President Milan Obradovic", [("SRB", "GOV")]),
        ("Milan Pavic sang in Milan.", "Milan", [("ITA", None)]),
        ("A spokeswoman for China's Foreign Ministry spoke.", "A spokeswoman for China's Foreign Ministry",
         [("CHN", "GOV")]),
        ("A diplomat in Accra said the talks failed.", "A diplomat", [(None, "GOV")]),
        ("A police officer in Accra fired.", "A police officer", [("GHA", "COP")]),
        ("A person familiar with the talks said no.", "A person familiar with the talks", [(None, "CVL")]),
        ("On Monday rebels ambushed a convoy.", "rebels", [(None, "REB")]),
        ("On March 3 Kenyan soldiers fired at the crowd.", "Kenyan soldiers", [("KEN", "MIL")]),
        ("Thai, Lao and Vietnamese leaders met.", "Thai", [("THA", "GOV")]),
        ("Thai, Lao and Vietnamese leaders met.", "Lao", [("LAO", "GOV")]),
        ("Vietnamese, Chinese and Japanese companies won.", "Vietnamese", [("VNM", "BUS")]),
        ("Serbian President Emmanuel Macron left.", "Serbian President Emmanuel Macron", [("SRB", "GOV")]),
        ("Turkish Interior Minister Ali Kaya spoke.", "Turkish Interior Minister Ali Kaya", [("TUR", "GOV")]),
        ("Thousands marched in Lisbon.", "Thousands", [("PRT", "CVL")]),
        ("More than 200 were arrested in Minsk.", "More than 200", [("BLR", "CVL")]),
        ("Rebels shelled Farap.", "Farap", [(None, None)]),
        ("Troops attacked an Uzbek border post near Farap.", "Uzbek", [("UZB", "GOV")]),
    ],
)
def test_who_is_meant(
    resolver: ActorResolver, parser: SpacyParser, text: str, phrase: str, wanted: list[tuple[str | None, str | None]]
) -> None:
    assert coded(resolver, parser, text)[phrase] == wanted


def test_numbers_of_things_are_nobody(resolver: ActorResolver, parser: SpacyParser) -> None:
    assert "Thousands" not in coded(resolver, parser, "Thousands rose by half in Lisbon.")
    assert "Milan" not in coded(resolver, parser, "Milan Pavic sang.")


def test_a_besieged_name_is_a_place(resolver: ActorResolver, parser: SpacyParser) -> None:
    kinds = {m.text: m.kind for m in mentions(resolver, parser, "Rebels shelled Farap and left.")}
    assert kinds["Farap"] == "place"
    kinds = {m.text: m.kind for m in mentions(resolver, parser, "Thousands marched in Lisbon.")}
    assert kinds["Thousands"] == "group"


def test_the_red_crescent_keeps_its_name(resolver: ActorResolver, parser: SpacyParser) -> None:
    found = mentions(resolver, parser, "The Red Crescent met the Red Cross.")
    assert [m.parties[0].name for m in found] == ["Red Crescent", "Red Cross"]


@pytest.mark.parametrize(
    ("text", "phrase", "wanted"),
    [
        # Presidents of bodies that are no state.
        ("CNN President Ana Ruiz resigned.", "CNN President Ana Ruiz", [("USA", "JRN")]),
        ("The president of the miners' union spoke.", "The president of the miners' union", [(None, "LAB")]),
        ("The chancellor of Lima University left.", "The chancellor of Lima University", [("PER", "EDU")]),
        ("The president of Peru spoke.", "The president of Peru", [("PER", "GOV")]),
        # What the text says of an unlisted body once.
        ("US oil firm Lumen was fined. Lumen sued Chile.", "Lumen", [("USA", "BUS")]),
        (
            "The Farmers' Front of Mali (FFM) took a village. The FFM burned it.", "The FFM", [("MLI", "AGR")],
        ),
        ("Lumen sued Chile.", "Lumen", [(None, None)]),
        # Nouns for roles that mean things.
        ("The union seeks justice.", "justice", None),
        ("A Peruvian justice resigned.", "A Peruvian justice", [("PER", "JUD")]),
        ("The probe fell on the far side of the lake.", "the far side", None),
        ("The Thai side agreed.", "The Thai side", [("THA", "GOV")]),
        ("They held a press conference.", "press", None),
        # A party's short name that opens an office; days; datelines.
        ("Peruvian Labor Secretary Ana Ruiz spoke.", "Labor", None),
        ("Police investigated the attacks of New Year's Eve.", "Eve", None),
        ("LIMA - Two gunmen killed a judge.", "Two gunmen", [(None, "UAF")]),
    ],
)
def test_bodies_of_the_article(
    resolver: ActorResolver, parser: SpacyParser, text: str, phrase: str,
    wanted: list[tuple[str | None, str | None]] | None,
) -> None:
    found = coded(resolver, parser, text)
    assert found.get(phrase) == wanted if wanted else phrase not in found
