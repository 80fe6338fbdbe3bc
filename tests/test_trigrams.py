"""The table of trigrams: exact, small, made the same each time, and right about how Chinese text goes on."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newspaper_cli.features import read_weights
from newspaper_cli.pipeline import analyse
from newspaper_cli.repairs import apply
from newspaper_cli.source import decode
from newspaper_cli.tables import SHIPPED, open_weights
from newspaper_cli.training.trigrams import FEWEST, Text, count_all, make_tables, plain_forms
from newspaper_cli.trigrams import START, Packed, Trigrams, load_trigrams, pack, unpack

if TYPE_CHECKING:
    from pathlib import Path

FORMS = {"場": "场", "7": "0", ",": "，"}
# The last clause is rare: it is said as often as an n-gram may be and still be left out.
PARAGRAPHS = ["桥头集市开张。", "桥头集市热闹。", "桥头集市散了。", "渡口集市开张,卖板栗。", "渡口也有集市。"]


def made(*texts: Text) -> Packed:
    return make_tables(count_all(texts, FORMS), FORMS)


def grams(tables: Packed) -> set[str]:
    size = len(tables.characters)
    pairs = [tables.characters[key // size] + tables.characters[key % size] for key in tables.pairs]
    return {*tables.characters, *pairs, *(pairs[key // size] + tables.characters[key % size] for key in tables.triples)}


def test_tables_return_from_their_bytes() -> None:
    tables = made(Text(PARAGRAPHS, unmarked=True))
    assert unpack(pack(tables)) == tables
    assert pack(made(Text(PARAGRAPHS, unmarked=True))) == pack(tables)


@pytest.mark.parametrize("data", [b"", b"trigram1", b"trigram0" + bytes(16), b"trigram1" + bytes(17), b"\n" * 40])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="table of trigrams"):
        unpack(data)


def test_rare_grams_are_left_out_and_copies_make_none_frequent() -> None:
    found = grams(made(Text(PARAGRAPHS, times=5)))
    assert {"桥头集", "头集市", "集市", START + "桥"} <= found
    assert not {gram for gram in found if "板" in gram or "渡口集" in gram}
    assert "".join(PARAGRAPHS).count("开张") < FEWEST


def test_marks_are_left_out_of_the_second_count_alone() -> None:
    paragraphs = ["开市，热闹。"] * FEWEST
    assert "市热" not in grams(made(Text(paragraphs)))
    assert {"市热", "市，"} <= grams(made(Text(paragraphs, unmarked=True)))


def test_text_counted_twice_counts_twice() -> None:
    once, twice = (made(Text(PARAGRAPHS, times=times)) for times in (1, 2))
    assert [2 * count for count in once.singles] == list(twice.singles)


def test_what_was_seen_goes_on_and_what_was_not_does_not() -> None:
    table = Trigrams(made(Text(PARAGRAPHS)))
    assert table.continuation("桥头", "集市") > 1 > table.continuation("集市", "桥头")
    assert table.continuation("", "集市") == table.continuation("桥头", "") == 0


def test_a_chance_is_shared_out_among_all_characters() -> None:
    table = Trigrams(made(Text(PARAGRAPHS)))
    for context in ("头", "桥头", "市"):
        shares = [table._chance(context, character) for character in {*table._tables.characters, "罕"}]  # noqa: SLF001
        assert 0.85 < sum(shares) < 1.15


def test_variants_are_read_as_plain_forms() -> None:
    table = load_trigrams()
    assert table.fold("廣場７,") == "广场0，"
    assert table.continuation("人民代", "表大會") == table.continuation("人民代", "表大会")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("全县秋粮收", "购现场会"),
        ("市委副书", "记介绍说"),
        ("打大", "仗、打硬"),
        ("一九三", "四年四月"),
        ("國民政", "府主席云"),
    ],
)
def test_a_word_that_is_cut_goes_on(first: str, second: str) -> None:
    table = load_trigrams()
    assert table.continuation(first, second) > 0
    assert table.continuation(first, second) > table.continuation(second, first)


def test_a_paragraph_does_not_go_on_in_the_next_opening() -> None:
    assert load_trigrams().continuation("秋粮收购", "本报讯") < 0


@given(st.text(max_size=8), st.text(max_size=8))
def test_any_text_is_weighed(first: str, second: str) -> None:
    table = load_trigrams()
    assert len(table.fold(first)) == len(first)
    assert abs(table.continuation(first, second)) < 100


def test_plain_forms_keep_length_and_are_final() -> None:
    forms = plain_forms()
    assert all(len(variant) == len(plain) == 1 for variant, plain in forms.items())
    assert forms["會"] == "会"
    assert forms["３"] == forms["3"] == "0"


def test_the_table_stays_small() -> None:
    assert (files("newspaper_cli") / "weights" / "trigrams.bin").stat().st_size < 2_000_000  # type: ignore[attr-defined]


def test_a_page_with_blank_lines_does_not_load_it() -> None:
    script = (
        "from pathlib import Path; from newspaper_cli import read_issue, read_source;"
        "from newspaper_cli.trigrams import load_trigrams;"
        "read_issue(read_source(Path('samples/county-daily.txt')));"
        "print(load_trigrams.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


# Lines of an invented page whose columns no ruler has seen: their ends say little about where a paragraph goes on.
RAGGED = (
    "新渡船长二十\n二米，可以载客六十人，船上\n配备了救生衣\n、卫星定位和视频监\n控。船老大姓瞿，今年五十六岁，在\n"
    "江上跑了三十多年，他说新船比老船\n稳当得多，遇上大风也不怕。\n渡口的变化也带动了旅游。周末\n常有城里人开\n"
    "车过来，坐船\n看江景，到村里吃鱼。几位返\n乡的青年合伙\n开了一家客栈，把老房子的木楼板修\n好，又在院子里种上\n了花。\n"
)


def test_characters_are_heard_where_the_shape_of_lines_says_little(tmp_path: Path) -> None:
    rows = [f"{name}\t{weight:g}\n" for name, weight in read_weights("joins.han").items() if "trigram" not in name]
    (tmp_path / "joins.han.tsv").write_text("".join(rows), "utf-8")
    source = decode(RAGGED.encode())
    heard, deaf = (analyse(source, "zh", weights) for weights in (SHIPPED, open_weights(tmp_path)))
    assert "几位返乡的青年" in apply(heard.plan, source.text)
    assert "几位返乡的青年" not in apply(deaf.plan, source.text)
    changed = [edit for edit in heard.plan.edits if edit not in deaf.plan.edits]
    assert changed
    assert all(edit.confidence < 0.9 for edit in changed)
