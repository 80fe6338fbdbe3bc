"""Articles of pages in Latin script, told by their lines alone: headings, signatures, advertisements, tables, verse."""

from __future__ import annotations

import re
import textwrap
from itertools import cycle, islice
from pathlib import Path

import msgspec
import pytest

from newspaper_cli.blocks import heading_style, label_page, see_pages
from newspaper_cli.evaluation import check_promises
from newspaper_cli.explain import explain_line
from newspaper_cli.labels import ArticleKind, Label
from newspaper_cli.languages import available, load_language
from newspaper_cli.lines import read_lines
from newspaper_cli.looks import look_over
from newspaper_cli.pipeline import analyse, read_issue
from newspaper_cli.regime import read_regime
from newspaper_cli.source import decode

ENGLISH = load_language("en")
WIDTH = 36
SENTENCES = (
    "The owners of the ferry met on the north bank and heard what the miller had to say of the new road.",
    "Nobody could tell how the water had come so far up the lane without wetting the lower meadow.",
    "A second boat was sent for, but the men who rowed it lost their way among the willows and came back.",
    "It was long after noon when the constable, who had walked from the next parish, read out the order.",
    "Those who had waited since early morning went home then, and the rest followed them before dark.",
)


def prose(count: int = 3, first: int = 0) -> str:
    """Set some sentences in a column."""
    chosen = islice(cycle(SENTENCES), first, first + count)
    return "\n".join(textwrap.wrap(" ".join(chosen), WIDTH)) + "\n"


def articles_of(text: str) -> list[tuple[ArticleKind, str | None]]:
    issue = read_issue(decode(text.encode()), "en")
    promises = check_promises(text, msgspec.to_builtins(issue))
    assert not any(promises[name] for name in ("lost", "twice", "texts_wrong"))
    return [(article.kind, article.headline) for article in issue.articles]


def headlines_of(text: str) -> list[str | None]:
    return [headline for _, headline in articles_of(text)]


def test_headings_that_end_in_a_stop_open_articles_where_headings_do() -> None:
    page = f"CORN LAWS.\n{prose()}NEW ROADS.\n{prose(first=1)}TRIAL OF THE MILLER.\n{prose(first=2)}"
    assert headlines_of(page) == ["CORN LAWS.", "NEW ROADS.", "TRIAL OF THE MILLER."]


def test_a_short_paragraph_is_no_heading_where_headings_have_no_stop() -> None:
    page = (
        f"Corn laws\n{prose()}New roads\n{prose(first=1)}Nobody was hurt.\n{prose(first=2)}Old mills\n{prose(first=3)}"
    )
    assert headlines_of(page) == ["Corn laws", "New roads", "Old mills"]


def test_blank_lines_at_the_ends_of_columns_part_no_articles() -> None:
    sample = Path(__file__).parent.parent / "samples" / "river-weekly-1853.txt"
    text = sample.read_text("utf-8")
    closed_up = "".join(line for line in text.splitlines(keepends=True) if line.strip())
    assert closed_up.count("\n") < text.count("\n")
    headed = [headline for headline in headlines_of(text) if headline]
    assert len(headed) >= 10
    assert set(headed) <= set(headlines_of(closed_up))


@pytest.mark.parametrize(("text", "style"), [("{}.", "dotted"), ("{}", "bare")])
def test_the_page_itself_tells_how_its_headings_end(text: str, style: str) -> None:
    page = "".join(
        f"{text.format(head)}\n{prose(first=place)}" for place, head in enumerate(("Corn", "Roads", "Mills"))
    )
    assert heading_style(see_pages([(read_lines(page), ENGLISH)])) == style


def test_decks_in_capitals_stand_with_their_headline() -> None:
    stack = "FERRY LOST\nALL HANDS REACH THE NORTH BANK\nMILLER TELLS OF THE NIGHT\n"
    page = f"{prose()}{stack}{prose(4, 1)}"
    issue = read_issue(decode(page.encode()), "en")
    heads = [head.text for head in issue.articles[-1].heads]
    assert " ".join(heads) == stack.strip().replace("\n", " ")


def test_a_signature_stays_with_the_letter_that_it_signs() -> None:
    letters = [("Dear Ledger.", "Ada Moss"), ("A word on roads.", "Roy Quill"), ("On mills.", "A ratepayer")]
    page = "".join(f"{head}\n{prose(4, place)}{name}\n" for place, (head, name) in enumerate(letters))
    issue = read_issue(decode(page.encode()), "en")
    assert [article.headline for article in issue.articles] == [head for head, _ in letters]
    assert [[byline.text for byline in article.bylines] for article in issue.articles] == [
        [name] for _, name in letters
    ]


def test_the_second_line_of_a_heading_may_begin_small() -> None:
    page = f"Corn laws\n{prose()}A word on the roads of the\nlower parish\n{prose(4, 1)}"
    assert headlines_of(page)[-1] == "A word on the roads of the lower parish"


NOTICES = """\
HARROW AND SONS
Best coals, 21s. the ton,
Coke, 3s.
Free cartage in town; orders taken
At the counter,
By post,
Or by our own man.
The old wharf, Mill Lane, Pellhaven
"""


def test_lines_set_one_by_one_are_an_advertisement() -> None:
    page = f"CORN LAWS\n{prose()}NEW ROADS\n{prose(first=1)}{NOTICES}"
    assert articles_of(page)[-1] == (ArticleKind.ADVERTISEMENT, "HARROW AND SONS")


TO_LET = """\
TO LET
A house with a large garden on the old wharf; rent low to a good tenant. Apply to Messrs. Harrow, at the counter, Mill
Lane, Pellhaven, from whom particulars may be had.
"""
FOR_SALE = """\
FOR SALE
A good piano, nearly new, warranted; price 12 dollars cash. Inquire at this office, or of the dealer at 4 Mill street.
"""
REPORT = """\
FIRE AT THE WHARF
A fire broke out last night at the old wharf, and the house of Mr. Harrow was burned. He and his sons were asleep when
it was seen by the police, who said that they had been in danger of their lives.
"""


def set_narrow(text: str) -> list[str]:
    head, _, body = text.partition("\n")
    return [head, *textwrap.wrap(body, WIDTH)]


def test_words_tell_what_is_paid_for_from_reports() -> None:
    lines = [part for text in (REPORT, TO_LET, FOR_SALE) for part in set_narrow(text)]
    assert articles_of("\n".join(lines) + "\n") == [
        (ArticleKind.ARTICLE, "FIRE AT THE WHARF"),
        (ArticleKind.ADVERTISEMENT, "TO LET"),
        (ArticleKind.ADVERTISEMENT, "FOR SALE"),
    ]


def test_a_market_table_among_advertisements_is_a_table() -> None:
    rows = "".join(
        f"{name} ..... {price} 1/2 a {price + 2}\n" for price, name in enumerate(("Wheat", "Oats", "Rye"), 31)
    )
    lines = [*set_narrow(TO_LET), "PRICES CURRENT", *rows.splitlines(), *set_narrow(FOR_SALE)]
    page = f"CORN LAWS\n{prose()}" + "\n".join(lines) + "\n"
    kinds = {headline: kind for kind, headline in articles_of(page)}
    assert kinds["PRICES CURRENT"] is ArticleKind.TABLE
    assert kinds["FOR SALE"] is ArticleKind.ADVERTISEMENT


def test_a_report_with_a_dateline_is_none_though_it_tells_of_trade() -> None:
    head, body = FOR_SALE.split("\n", 1)
    dated = f"PELLHAVEN, Ohio, Jan. 7.—{body}"
    lines = [*set_narrow(TO_LET), head, *textwrap.wrap(dated, WIDTH), *set_narrow(TO_LET)]
    page = f"CORN LAWS\n{prose()}" + "\n".join(lines) + "\n"
    assert (ArticleKind.ARTICLE, "FOR SALE") in articles_of(page)


@pytest.mark.parametrize("code", [code for code in available() if load_language(code).words("adverts.offer")])
def test_no_word_of_trade_and_reports_is_listed_twice_or_in_vain(code: str) -> None:
    language = load_language(code)
    lists = [language.sheet("adverts").words[name] for name in ("offer", "trade", "report")]
    runs = [run for words in lists for run in words]
    assert len(set(runs)) == len(runs)
    # Texts are compared in small letters, without marks.
    assert [run for run in runs if run != " ".join(re.findall(r"[^\W\d_]+", run.casefold()))] == []


def test_the_words_weigh_in_what_explain_tells() -> None:
    lines = set_narrow(REPORT) + set_narrow(FOR_SALE)
    found = explain_line(analyse(decode("\n".join(lines).encode()), "en"), lines.index("FOR SALE") + 1)
    (opens,) = [decision for decision in found[0].decisions if decision.question == "article"]
    assert opens.answer == "opens an article of kind advertisement"
    assert any(name.startswith("paid offers ") for name, _ in opens.reasons)


def test_a_dateline_makes_a_report_of_lines_set_one_by_one() -> None:
    page = f"CORN LAWS\n{prose()}SHORT NEWS\nPELLHAVEN, Ohio, Jan. 7.—The\n{NOTICES}"
    assert articles_of(page)[1] == (ArticleKind.ARTICLE, "SHORT NEWS")


@pytest.mark.parametrize("tag", ["—Adv.", "(Advertisement)"])
def test_what_says_that_it_is_paid_for_is_an_advertisement(tag: str) -> None:
    page = f"CORN LAWS\n{prose()}GOOD FOR COUGHS\n{prose(first=1)}{tag}\nNEW ROADS\n{prose(first=2)}"
    assert [kind for kind, _ in articles_of(page)][1] is ArticleKind.ADVERTISEMENT


@pytest.mark.parametrize("rest", ["MORE THAN $11,000,000", "$300,000 A YEAR"])
def test_a_line_of_figures_goes_on_from_a_heading(rest: str) -> None:
    page = f"CORN LAWS\n{prose()}MILLS OF THE VALLEY EARN\n{rest}\n{prose(first=2)}NEW ROADS\n{prose(first=1)}"
    assert f"MILLS OF THE VALLEY EARN {rest}" in headlines_of(page)


def test_lines_of_figures_are_a_table() -> None:
    rows = "".join(
        f"{name} ..... {number}s 6d   {number + 7}s\n" for number, name in enumerate(("Wheat", "Oats", "Rye"), 31)
    )
    page = f"CORN LAWS\n{prose()}PRICES OF GRAIN\n{rows}{rows}NEW ROADS\n{prose(first=1)}"
    assert (ArticleKind.TABLE, "PRICES OF GRAIN") in articles_of(page)


def test_verse_is_told_by_its_capitals_and_marks() -> None:
    verse = (
        "The river ran beside the mill,\nAnd all the boats lay very still,\nBut none would cross it, day or night,\n"
    )
    page = f"CORN LAWS\n{prose()}THE FERRY\n{verse}{verse}NEW ROADS\n{prose(first=1)}"
    assert (ArticleKind.VERSE, "THE FERRY") in articles_of(page)


@pytest.mark.parametrize("signed", ["", "ADA HARROW.\n"])
def test_each_line_of_verse_stays_by_itself(signed: str) -> None:
    verse = (
        "The river ran beside the mill,\nAnd all the boats lay very still,\nBut none would cross it, day or night.\n"
    )
    page = f"CORN LAWS\n{prose()}THE FERRY\n{verse}{verse}{signed}NEW ROADS\n{prose(first=1)}"
    (poem,) = [article for article in read_issue(decode(page.encode()), "en").articles if article.kind == "verse"]
    assert [paragraph.text for paragraph in poem.paragraphs] == f"{verse}{verse}".splitlines()
    assert [byline.text for byline in poem.bylines] == signed.splitlines()


def test_headings_over_a_line_each_are_one_list() -> None:
    names = ("NORTH", "SOUTH", "LOWER", "UPPER")
    entries = "".join(f"{name} THEATRE.\nThe Miller; the Ferry; the Man of the Mill.\n" for name in names)
    page = f"CORN LAWS.\n{prose()}{entries}"
    assert articles_of(page) == [(ArticleKind.ARTICLE, "CORN LAWS."), (ArticleKind.LISTING, "NORTH THEATRE.")]


def test_text_cut_by_a_page_goes_on() -> None:
    first, second = prose(4).rsplit("\n", 4)[0], "\n".join(prose(4).split("\n")[-4:])
    assert second[0].islower()
    assert headlines_of(f"CORN LAWS\n{first}\n\f{second}NEW ROADS\n{prose()}") == ["CORN LAWS", "NEW ROADS"]


def test_text_that_begins_a_page_with_a_capital_joins_nothing() -> None:
    assert len(articles_of(f"CORN LAWS\n{prose()}\f{prose(first=1)}NEW ROADS\n{prose()}")) == 3


def test_an_article_goes_on_where_its_jump_lines_say_in_words() -> None:
    front = f"CORN LAWS\n{prose()}(Continued on Page Two.)\nNEW ROADS\n{prose(first=1)}"
    inner = f"OLD MILLS\n{prose(first=2)}CORN LAWS\n(Continued from First Page.)\n{prose(first=3)}"
    issue = read_issue(decode(f"{front}\f{inner}".encode()), "en")
    jumps = [(jump.direction, jump.page) for article in issue.articles for jump in article.jumps]
    assert jumps == [("to", "2"), ("from", "1")]
    assert [article.headline for article in issue.articles] == ["CORN LAWS", "NEW ROADS", "OLD MILLS"]


@pytest.mark.parametrize(
    ("onward", "folio", "back", "page"),
    [
        ("(Continued on Page Four)", "PAGE FOUR THE PELLHAVEN REGISTER", "(Continued from Page One)", "4"),
        ("(See LAWS, Page 6A)", "PAGE 6A THE PELLHAVEN REGISTER", "(Continued from Page 1A)", "6A"),
    ],
)
def test_a_jump_leads_to_the_page_that_its_running_head_names(onward: str, folio: str, back: str, page: str) -> None:
    front = f"CORN LAWS\n{prose()}{onward}\nNEW ROADS\n{prose(first=1)}"
    inner = f"{folio}, TUESDAY, OCTOBER 17, 1916\nLAWS\n{back}\n{prose(first=3)}"
    issue = read_issue(decode(f"{front}\f{inner}".encode()), "en")
    assert [note for note in issue.notes if note.code == "jump-unmatched"] == []
    assert [article.headline for article in issue.articles] == ["CORN LAWS", "NEW ROADS"]
    assert next((jump.direction, jump.page) for jump in issue.articles[0].jumps) == ("to", page)
    assert issue.pages[1].number == int(page.rstrip("A"))


def test_the_word_of_a_jump_line_tells_which_article_goes_on() -> None:
    front = f"CORN LAWS\n{prose()}(See ROADS, Page 2)\nNEW MILLS\n{prose(first=1)}(See MILLS, Page 2)\n"
    inner = f"MILLS\n(Continued from Page 1)\n{prose(first=2)}ROADS\n(Continued from Page 1)\n{prose(first=3)}"
    issue = read_issue(decode(f"{front}\f{inner}".encode()), "en")
    subheads = [[part.text for part in article.paragraphs if part.kind == "subhead"] for article in issue.articles]
    assert subheads == [["ROADS"], ["MILLS"]]


def test_an_article_goes_on_twice() -> None:
    first = f"CORN LAWS\n{prose()}(Continued on Page Two.)\nNEW ROADS\n{prose(first=1)}"
    second = f"CORN LAWS\n(Continued from First Page.)\n{prose(first=3)}(Continued on Page Three.)\n"
    third = f"NEW FERRY\n{prose(first=1)}CORN LAWS\n(Continued from Page Two.)\n{prose(first=2)}"
    issue = read_issue(decode(f"{first}\fOLD MILLS\n{prose(first=2)}{second}\f{third}".encode()), "en")
    assert [article.headline for article in issue.articles] == ["CORN LAWS", "NEW ROADS", "OLD MILLS", "NEW FERRY"]
    assert [jump.direction for jump in issue.articles[0].jumps] == ["to", "from", "to", "from"]
    assert [note for note in issue.notes if note.code == "jump-unmatched"] == []


@pytest.mark.parametrize("again", ["NEW CORN LAWS SCORED BY MILLER", "MILLER SCORES THE LAWS"])
def test_halves_meet_in_an_issue_without_page_marks_where_their_headings_do(again: str) -> None:
    front = f"MILLER SCORES NEW CORN LAWS\n{prose()}(Continued on Page Two.)\nNEW ROADS\n{prose(first=1)}"
    inner = f"OLD MILLS\n{prose(first=2)}{again}\n(Continued from First Page.)\n{prose(first=3)}"
    issue = read_issue(decode(f"{front}{inner}".encode()), "en")
    assert [article.headline for article in issue.articles] == ["MILLER SCORES NEW CORN LAWS", "NEW ROADS", "OLD MILLS"]
    assert [jump.direction for jump in issue.articles[0].jumps] == ["to", "from"]


@pytest.mark.parametrize("mark", ["", "\f"])
def test_halves_meet_in_the_word_that_the_jump_cut(mark: str) -> None:
    front = f"CORN LAWS\n{prose()}He called it a horri-\n(Continued on Page Two.)\nNEW ROADS\n{prose(first=1)}{mark}"
    inner = f"THE MILLER SPEAKS\n(Continued from First Page.)\nble thing to be told so late in the\n{prose(first=3)}"
    issue = read_issue(decode(f"{front}{inner}".encode()), "en")
    assert [article.headline for article in issue.articles] == ["CORN LAWS", "NEW ROADS"]
    assert any("He called it a horrible thing to be told" in part.text for part in issue.articles[0].paragraphs)
    assert check_promises(f"{front}{inner}", msgspec.to_builtins(issue))["lost"] == 0


def test_other_halves_stay_apart_in_an_issue_without_page_marks() -> None:
    front = f"CORN LAWS\n{prose()}(Continued on Page Two.)\nNEW ROADS\n{prose(first=1)}"
    issue = read_issue(decode(f"{front}OLD MILLS\n(Continued from First Page.)\n{prose(first=3)}".encode()), "en")
    assert [article.headline for article in issue.articles] == ["CORN LAWS", "NEW ROADS", "OLD MILLS"]
    assert len([note for note in issue.notes if note.code == "jump-unmatched"]) == 2


@pytest.mark.parametrize(
    ("code", "line"), [("en", "(To be continued.)"), ("fr", "(A suivre.)"), ("de", "(Fortsetzung folgt.)")]
)
def test_what_ends_an_instalment_leads_to_another_issue(code: str, line: str) -> None:
    issue = read_issue(decode(f"CORN LAWS\n{prose(4)}{line}\nNEW ROADS\n{prose(4, 1)}".encode()), code)
    assert [(jump.direction, jump.page, jump.text) for jump in issue.articles[0].jumps] == [("to", None, line)]
    assert not any(note.code == "jump-unmatched" for note in issue.notes)


@pytest.mark.parametrize(
    ("code", "head", "last"),
    [
        ("en", "THE OLD FERRY\n", "(To be continued.)\n"),
        ("fr", "LE VIEUX BAC\n(Suite.)\n", ""),
        ("de", "Die alte Fähre\n", "(Fortsetzung folgt.)\n"),
    ],
)
def test_what_goes_on_in_another_issue_is_a_serial(code: str, head: str, last: str) -> None:
    issue = read_issue(decode(f"{head}{prose(4)}{last}NEW ROADS\n{prose(4, 1)}".encode()), code)
    assert [article.kind for article in issue.articles] == [ArticleKind.SERIAL, ArticleKind.ARTICLE]


@pytest.mark.parametrize("credit", ["By United Press.", "(By Associated Press.)", "(FROM OUR OWN CORRESPONDENT.)"])
def test_a_credit_below_a_heading_is_its_byline(credit: str) -> None:
    issue = read_issue(decode(f"{prose()}CORN LAWS\n{credit}\n{prose(4, 1)}".encode()), "en")
    assert issue.articles[-1].headline == "CORN LAWS"
    assert [byline.text for byline in issue.articles[-1].bylines] == [credit]


def bylines_of(text: str, code: str = "en") -> list[tuple[str, str | None, str]]:
    issue = read_issue(decode(text.encode()), code)
    assert not check_promises(text, msgspec.to_builtins(issue))["texts_wrong"]
    return [(byline.name, byline.role, byline.text) for article in issue.articles for byline in article.bylines]


@pytest.mark.parametrize(
    ("credit", "name", "role"),
    [
        ("By ADA QUILL\nRegister Staff Writer", "ADA QUILL", "Register Staff Writer"),
        ("By Roy Quill\nOf The Register Staff", "Roy Quill", "Of The Register Staff"),
        ("[By Roy Quill, United Press Staff\nCorrespondent.]", "Roy Quill", "United Press Staff Correspondent"),
        ("By Ada Moss, Staff Writer", "Ada Moss", "Staff Writer"),
        ("(By Associated rress)", "Associated rress", None),
        ("Special to The Register.", "Register", None),
    ],
)
def test_a_credit_is_one_byline_with_what_the_writer_is(credit: str, name: str, role: str | None) -> None:
    page = f"{prose()}CORN LAWS\n{credit}\n{prose(4, 1)}"
    assert bylines_of(page) == [(name, role, credit.replace("\n", " "))]


@pytest.mark.parametrize("name", ["M. E. T.", "A SUBSCRIBER.", "J. HARROW.", "Selma Harrow.", "?Selma Harrow."])
def test_a_signature_below_a_text_is_the_byline_of_its_article(name: str) -> None:
    page = f"CORN LAWS\n{prose(4)}Yours, &c.,\n{name}\nPellhaven, April 2, 1853.\nNEW ROADS\n{prose(4, 1)}"
    issue = read_issue(decode(page.encode()), "en")
    assert [[byline.text for byline in article.bylines] for article in issue.articles] == [[name], []]
    assert [paragraph.text for paragraph in issue.articles[0].paragraphs][-2:] == [
        "Yours, &c.,",
        "Pellhaven, April 2, 1853.",
    ]


def test_a_name_over_a_text_signs_nothing() -> None:
    page = f"CORN LAWS\n{prose(4)}ADA HARROW\n{prose(4, 1)}NEW ROADS\n{prose(4, 2)}"
    assert bylines_of(page) == []
    assert headlines_of(page) == ["CORN LAWS", "ADA HARROW", "NEW ROADS"]


def test_who_signs_a_notice_has_written_nothing() -> None:
    page = f"CORN LAWS\n{prose()}NOTICE TO CREDITORS.\n{prose(4, 1)}ADA HARROW, Executrix.\nNEW ROADS\n{prose(4, 2)}"
    issue = read_issue(decode(page.encode()), "en")
    assert bylines_of(page) == []
    assert issue.articles[1].paragraphs[-1].text == "ADA HARROW, Executrix."


def test_the_keeper_of_a_house_is_no_writer() -> None:
    text = "THE subscriber begs to say that\n" + prose(3)
    assert bylines_of(f"CORN LAWS\n{prose()}RIVER HOUSE\nBY J. T. HARROW.\n{text}") == []


@pytest.mark.parametrize(
    ("code", "line", "role", "text"),
    [
        ("fr", "(De notre correspondant particulier.)", None, "De notre correspondant particulier"),
        ("fr", "Par fil spécial", None, "Par fil spécial"),
        ("de", "Erzählung von F. Moser.", "Erzählung", "F. Moser"),
        ("de", "(Von unserem Korrespondenten.)", None, "Von unserem Korrespondenten"),
    ],
)
def test_credits_are_read_in_the_language_of_the_page(code: str, line: str, role: str | None, text: str) -> None:
    assert bylines_of(f"CORN LAWS\n{line}\n{prose(4)}", code) == [(text, role, line)]


def test_whose_a_picture_is_signs_no_article() -> None:
    caption = "ROWING ON — Ada Harrow, 4, in a boat\non the Pell. (Staff Photo\nby Roy Quill)\n"
    issue = read_issue(decode(f"CORN LAWS\n{prose(4)}{caption}NEW ROADS\n{prose(4, 1)}".encode()), "en")
    assert [article.bylines for article in issue.articles] == [(), ()]
    assert [item.credit for article in issue.articles for item in article.captions] == ["Staff Photo by Roy Quill"]


@pytest.mark.parametrize("line", ["PAGE TWELVE.", "THE REGISTER, PELLHAVEN, GA., FRIDAY, JANUARY 6, 1922."])
def test_a_running_head_inside_a_text_is_no_part_of_it(line: str) -> None:
    # Below the first sixty lines of a page no other masthead is looked for.
    head = "THE REGISTER\nVOL. I. NO. 3. FRIDAY, JANUARY 6, 1922.\n"
    first, second = prose(8).rstrip().split("\n", 1)
    page = f"{head}CORN LAWS\n{prose(30)}NEW ROADS\n{first}\n{line}\n{second}\n"
    issue = read_issue(decode(page.encode()), "en")
    assert [(item.label, item.text) for item in issue.furniture] == [("masthead", line)]


def test_a_contents_box_belongs_to_no_article() -> None:
    box = "Inside\nA r ts ......................5B\nSports .....................1B\n"
    issue = read_issue(decode(f"CORN LAWS\n{prose(4)}{box}NEW ROADS\n{prose(4, 1)}".encode()), "en")
    assert [item.label for item in issue.furniture] == ["teaser"] * 3


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("en", "Best teas at the mill.—Adv."),
        ("fr", "Grande fête au moulin. (Communiqué.)"),
        ("de", "Beste Seife. (Reklame.)"),
    ],
)
def test_a_tag_at_the_end_says_that_a_text_is_paid_for(code: str, line: str) -> None:
    page = f"CORN LAWS\n{prose()}GOOD TEAS\n{prose(4, 1)}{line}\nNEW ROADS\n{prose(4, 2)}"
    assert read_issue(decode(page.encode()), code).articles[1].kind is ArticleKind.ADVERTISEMENT


@pytest.mark.parametrize(
    ("lead", "agency"),
    [
        ("Pellhaven, Ga., January 8.—(Special.)—", "Special"),
        ("Paris, January 8.—(By the Associated Press.)—", "Associated Press"),
    ],
)
def test_who_telegraphed_stands_behind_the_dash(lead: str, agency: str) -> None:
    dateline = read_issue(decode(f"CORN LAWS\n{lead}{prose(4)}".encode()), "en").articles[0].dateline
    assert dateline is not None
    assert (dateline.agency, dateline.text) == (agency, lead.partition("—")[0])


def test_a_page_that_cannot_be_read_is_none() -> None:
    issue = read_issue(decode(f"CORN LAWS\n{prose(4)}(Continued on page Lj\nNEW ROADS\n{prose(4, 1)}".encode()), "en")
    assert [(jump.direction, jump.page) for jump in issue.articles[0].jumps] == [("to", None)]


def test_a_dateline_on_a_line_of_its_own_opens_the_text_below() -> None:
    page = f"CORN LAWS\n{prose()}NEW ROADS\nMELBOURNE, Thursday.\n{prose(4, 1)}"
    dateline = read_issue(decode(page.encode()), "en").articles[-1].dateline
    assert dateline is not None
    assert (dateline.text, dateline.place) == ("MELBOURNE, Thursday.", "MELBOURNE")


@pytest.mark.parametrize(("code", "day"), [("fr", "Du 11 mars"), ("de", "Talheim, 6. Mai.")])
def test_the_day_of_a_market_belongs_to_its_head(code: str, day: str) -> None:
    rows = "".join(f"{name} ..... {number} 20\n" for number, name in enumerate(("Kernen", "Haber", "Gerste"), 6))
    page = f"CORN LAWS\n{prose(4)}FRUCHTMARKT\n{day}\n{rows}NEW ROADS\n{prose(4, 1)}"
    issue = read_issue(decode(page.encode()), code)
    assert [head.text for head in issue.articles[1].heads] == ["FRUCHTMARKT", day]


@pytest.mark.parametrize("text", ["BY AUTHORITY", "BY THE GOVERNOR", "By Mail, Carrier or Agent"])
def test_not_all_that_begins_with_by_is_a_byline(text: str) -> None:
    issue = read_issue(decode(f"{prose()}CORN LAWS\n{text}\n{prose(4, 1)}".encode()), "en")
    assert not any(article.bylines for article in issue.articles)


def test_a_stray_stroke_opens_no_article() -> None:
    assert headlines_of(f"i\nCORN LAWS\n{prose()}NEW ROADS\n{prose(first=1)}") == ["CORN LAWS", "NEW ROADS"]


def test_lines_of_a_heading_are_parted_from_the_text_below() -> None:
    page = see_pages([(read_lines(f"{prose()}Corn laws\n{prose(4, 1)}"), ENGLISH)])[0]
    found = [(item.label, item.block.text[:9]) for item in label_page(page, "bare")]
    assert (Label.HEADLINE, "Corn laws") in found


@pytest.mark.parametrize(
    ("text", "kind", "case"),
    [
        ("CORN LAWS", "text", "capitals"),
        ("Corn laws and Roads", "text", "sentence"),
        ("Corn Laws", "text", "title"),
        ("31 42 17 ..", "figures", "none"),
        ("§ ~ .. | a", "noise", "none"),
    ],
)
def test_a_line_is_seen_by_itself(text: str, kind: str, case: str) -> None:
    lines = read_lines(f"{text}\n{prose()}")
    look = look_over(lines, read_regime(lines), ENGLISH)[0]
    assert (look.kind, look.case) == (kind, case)


def heads_of(text: str) -> list[list[tuple[str, str]]]:
    issue = read_issue(decode(text.encode()), "en")
    return [[(head.role, head.text) for head in article.heads] for article in issue.articles]


def test_lines_of_one_heading_are_one_and_decks_stand_apart() -> None:
    stack = "TOWN BUILDS A BRIDGE\nOVER THE SANDY RIVER\nLong Work of Forty Men Is Done\nin a Night of Rain\n"
    page = f"{stack}{prose(4)}MILLER WINS HIS SUIT\nOVER THE OLD ROAD\nCourt Hears Him for Three Days\n{prose(4, 1)}"
    assert heads_of(page) == [
        [
            ("headline", "TOWN BUILDS A BRIDGE OVER THE SANDY RIVER"),
            ("deck", "Long Work of Forty Men Is Done in a Night of Rain"),
        ],
        [("headline", "MILLER WINS HIS SUIT OVER THE OLD ROAD"), ("deck", "Court Hears Him for Three Days")],
    ]


def test_a_credit_is_no_line_of_the_heading_above_it() -> None:
    stack = "TOWN BUILDS A BRIDGE\nLong Work of Forty Men Is Done\nBy United Press.\n"
    page = f"MILLER WINS HIS SUIT\n{prose(4, 1)}{stack}{prose(4)}"
    heads = heads_of(page)[-1]
    assert [text for _, text in heads] == ["TOWN BUILDS A BRIDGE", "Long Work of Forty Men Is Done"]
    assert bylines_of(page)[-1][0] == "United Press"


def test_explain_names_what_a_line_is_and_why() -> None:
    page = f"CORN LAWS\n{prose(4)}NEW ROADS\n{prose(4, 1)}"
    number = page[: page.index("NEW ROADS")].count("\n") + 1
    (told,) = explain_line(analyse(decode(page.encode()), "en"), number)
    labels = [decision for decision in told.decisions if decision.answer == Label.HEADLINE]
    assert labels
    assert all(name.startswith("head ") for name, _ in labels[0].reasons)


def test_a_heading_goes_on_over_one_blank_line_and_not_over_two() -> None:
    heads, text = ("COUNCIL VOTES TO BUILD", "OLD MILL ROAD AT LAST"), prose()
    pages = [f"{text}\n{heads[0]}\n{blank}{heads[1]}\n\n{text}{prose(first=2)}" for blank in ("\n", "\n\n")]
    assert [" ".join(heads) in headlines_of(page) for page in pages] == [True, False]


def test_a_word_that_a_heading_cuts_is_put_together() -> None:
    page = f"{prose()}\nCOUNCIL IS TO MEND PELLHA-\n\nVENBY ROAD AT LAST\n\n{prose()}{prose(first=2)}"
    assert "COUNCIL IS TO MEND PELLHAVENBY ROAD AT LAST" in headlines_of(page)
