"""The closed vocabularies of the output, each word with its definition and its name in the field's formats."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Self


class Term(StrEnum):
    """Bind a word of the output to what it means and to what others call it.

    `chinese` is the printer's term; `tei`, `page` and `alto` are the element or type that TEI P5, PAGE XML (2019)
    and ALTO 4 use for the same thing, or an empty string where they have none.
    """

    definition: str
    chinese: str
    tei: str
    page: str
    alto: str

    def __new__(cls, word: str, definition: str, chinese: str = "", tei: str = "", *others: str) -> Self:
        """Make a member whose value is the word itself."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.definition = definition
        member.chinese = chinese
        member.tei = tei
        member.page, member.alto = (*others, "", "")[:2]
        return member


class Label(Term):
    """Say what a block of text is on its page."""

    MASTHEAD = "masthead", "title block of the issue", "报头", "titlePart", "header", "masthead"
    FOLIO = "folio", "running head of a page: title, date, page number, section", "版头", "fw", "header", "pageheader"
    KICKER = "kicker", "line above the headline that leads into it", "引题", "head[@type=kicker]", "heading", "head"
    HEADLINE = "headline", "main line of an article's heading", "主题", "head", "heading", "head"
    DECK = "deck", "line below the headline that adds to it", "副题", "head[@type=deck]", "heading", "head"
    SUBHEAD = "subhead", "heading inside an article", "小标题", "head[@type=sub]", "heading", "crosshead"
    BYLINE = "byline", "who wrote the article", "署名", "byline", "credit", "byline"
    BODY = "body", "running text of an article", "正文", "p", "paragraph", "paragraph"
    CAPTION = "caption", "text that explains a picture", "图片说明", "figDesc", "caption", "caption"
    JUMP = "jump", "line that sends the reader to or from another page", "转接语", "ref", "other", "jumpline"
    EDITOR = "editor", "who edited the page", "责编", "respStmt", "credit", "credit"
    ADVERTISEMENT = "advertisement", "text somebody paid for", "广告", "div[@type=advert]", "other", "advertisement"
    NOTICE = "notice", "formal announcement", "启事", "div[@type=notice]", "other", "notice"
    FURNITURE = "furniture", "text that belongs to no article", "", "fw", "other", "other"


class ArticleKind(Term):
    """Say what kind of text an article is."""

    ARTICLE = "article", "report or feature with a text of its own", "报道", "div[@type=article]"
    BRIEF = "brief", "one item in a column of short news", "简讯", "div[@type=brief]"
    EDITORIAL = "editorial", "opinion of the paper", "社论", "div[@type=editorial]"
    LETTER = "letter", "letter of a reader", "读者来信", "div[@type=letter]"
    SERIAL = "serial", "part of a text printed in instalments", "连载", "div[@type=serial]"
    VERSE = "verse", "text whose line breaks are its own", "诗歌", "div[@type=verse]"
    TABLE = "table", "figures in rows: prices, weather, results", "表", "table"
    LISTING = "listing", "entries in a row: programmes, names, shipping", "目录", "list"
    NOTICE = "notice", "formal announcement: loss, tender, marriage, law", "启事", "div[@type=notice]"
    ADVERTISEMENT = "advertisement", "text somebody paid for", "广告", "div[@type=advert]"


class ParagraphKind(Term):
    """Say what a paragraph does in its article."""

    BODY = "body", "running text", "正文", "p"
    SUBHEAD = "subhead", "heading between paragraphs", "小标题", "head[@type=sub]"


class FurnitureLabel(Term):
    """Say why a text belongs to no article."""

    MASTHEAD = "masthead", "masthead text that no field reads", "报头", "titlePart"
    CONTACT = "contact", "QR caption, app, web address, hot line outside the masthead", "联系方式", "fw"
    TEASER = "teaser", "pointer to another page with no text of its own", "导读", "fw"
    PICTURE = "picture", "words below a picture that belongs to no article", "图片说明", "figDesc"
    ORNAMENT = "ornament", "rules, stars and other marks", "花边", "fw"
    NOISE = "noise", "characters that make no text", "", "gap"


class Fix(Term):
    """Say what an edit repairs."""

    JOIN = "join", "two lines of one paragraph put together with nothing between"
    JOIN_SPACE = "join-space", "two lines of one paragraph put together with a space between"
    OVERLAP = "overlap", "second copy of text printed at both sides of a seam dropped"
    HYPHEN = "hyphen", "hyphen that only broke a word at a line's end dropped"
    LOST_HYPHEN = "lost-hyphen", "two halves of a word put together that a line's end parts without a hyphen"
    SOFT_HYPHEN = "soft-hyphen", "soft hyphen inside a line dropped, with the space after it"
    LETTER_SPACING = "letter-spacing", "spaces that only set characters, or the letters of a word, apart dropped"
    BREAK = "break", "white space between two paragraphs made one line end, or a blank line where a part ends"


class Basis(Term):
    """Say what a value of the masthead rests on."""

    PRINTED = "printed", "the page says it"
    COMPLETED = "completed", "put together from parts the page prints, or a part supplied by rule"
    INFERRED = "inferred", "worked out from other fields, against or without the print"


class Check(Term):
    """Name the comparisons between printed masthead fields."""

    WEEKDAY = "weekday", "the printed weekday is that of the date"
    LUNAR_DATE = "lunar-date", "the printed lunar date is that of the date"
    ERA = "era", "the printed era year is that of the date"
    FOLIO_DATE = "folio-date", "the running head of an inner page prints the masthead's date"
    FILE_NAME = "file-name", "the date in the name of the file is that of the issue"
    ISSUE_NUMBER = "issue-number", "the issue number follows on those of the files before and after"


class NoteCode(Term):
    """Name the things a reader of the output should know."""

    EMPTY_PAGE = "empty-page", "the input holds no text"
    NO_MASTHEAD = "no-masthead", "no masthead field was found"
    NO_ARTICLES = "no-articles", "no article was found"
    WEEKDAY_CONFLICT = "weekday-conflict", "the printed weekday is not that of the printed date"
    LUNAR_CONFLICT = "lunar-date-conflict", "the printed lunar date is not that of the printed date"
    ERA_CONFLICT = "era-conflict", "the printed era year is not that of the printed date"
    FOLIO_CONFLICT = "folio-date-conflict", "the running head prints another date than the masthead"
    FILE_NAME_CONFLICT = "file-name-conflict", "the name of the file holds another date than the page"
    ISSUE_NUMBER_CONFLICT = "issue-number-conflict", "the issue number does not fit those of the files before and after"
    DATE_INFERRED = "date-inferred", "the date was worked out: from damaged print, or from other files"
    IMPOSSIBLE_DATE = "impossible-date", "the printed date does not exist"
    SECOND_MASTHEAD = "second-masthead", "another masthead was found after the first"
    REORDERED = "reordered", "the text was read in another order than the file's"
    ORDER_UNSURE = "order-unsure", "the columns of the page seem mixed; the order was left as it is"
    JUMP_UNMATCHED = "jump-unmatched", "the other end of a jump line was not found"
    LANGUAGES_MIXED = "languages-mixed", "the pages of the file are not all in one language"
    LANGUAGE_UNSURE = "language-unsure", "the language of a page could not be told for certain"
    UNDECODABLE = "undecodable", "bytes that are no text in the input's encoding; exported as U+FFFD"
    ENCODING_GUESSED = "encoding-guessed", "the encoding was detected, not declared"
    TORN_WORDS = "torn-words", "words that seem cut in two at line ends were left so: nothing told the whole for sure"
    TEXT_RESTORED = "text-restored", "text that no part held was kept as furniture"


# The notes that tell of a contradiction, not of how a page was read.
CONFLICTS: Final = frozenset(
    {
        NoteCode.WEEKDAY_CONFLICT,
        NoteCode.LUNAR_CONFLICT,
        NoteCode.ERA_CONFLICT,
        NoteCode.FOLIO_CONFLICT,
        NoteCode.FILE_NAME_CONFLICT,
        NoteCode.ISSUE_NUMBER_CONFLICT,
        NoteCode.IMPOSSIBLE_DATE,
    }
)
