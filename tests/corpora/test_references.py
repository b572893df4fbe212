import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.errors import UserError
from corpora.references import (
    UNASSIGNED,
    Snippet,
    read_references,
    read_text,
    snippets_of,
    stem,
)

texts = st.text(st.sampled_from("ab.  \t\n\r\u00a0"))


def of(text):
    return [snippet.text for snippet in snippets_of(text, "a.txt")]


def jsonl(folder, *entries):
    file = folder / "references.jsonl"
    file.write_text("".join(json.dumps(entry) + "\n" for entry in entries), encoding="utf-8")
    return file


@given(texts)
def test_snippets_hold_every_word_in_order(text):
    assert " ".join(of(text)).split() == text.split()


@given(texts)
def test_snippets_have_single_spaces(text):
    assert all(snippet == " ".join(snippet.split()) for snippet in of(text))


@given(texts)
def test_snippets_are_numbered_without_a_gap(text):
    ids = [snippet.id for snippet in snippets_of(text, "a.txt")]
    assert ids == [f"a.txt#{number}" for number in range(1, len(ids) + 1)]


@pytest.mark.parametrize(
    "gap", ["\n\n", "\n\n\n\n", "\n \t\n", "\r\n\r\n"], ids=["one", "three", "spaces", "windows"]
)
def test_blank_lines_separate_snippets(gap):
    assert of(f"One\ntwo.{gap}Three.\n") == ["One two.", "Three."]


@pytest.mark.parametrize("text", ["", "\n\n", " \n \n "])
def test_a_text_without_snippets(text):
    assert of(text) == []


def test_sentences_of_a_snippet():
    snippet = Snippet("a#1", "Mr. Kim left at 3 p.m. on Monday. “We agreed,” he said. Nobody knew.")
    assert snippet.sentences() == (
        "Mr. Kim left at 3 p.m. on Monday.",
        "“We agreed,” he said.",
        "Nobody knew.",
    )


@pytest.mark.parametrize(
    ("path", "name"), [("a.txt", "a"), ("dunia/v1.2.txt", "dunia/v1.2"), ("a", "a")]
)
def test_stem(path, name):
    assert stem(path) == name


def test_a_folder_mirrors_the_articles(tmp_path):
    (tmp_path / "dunia").mkdir()
    (tmp_path / "dunia" / "a.txt").write_text("One.\n\nTwo.")
    (tmp_path / "b.txt").write_bytes(b"\xef\xbb\xbfThree.")
    assert read_references(tmp_path) == {
        "b": (Snippet("b.txt#1", "Three."),),
        "dunia/a": (Snippet("dunia/a.txt#1", "One."), Snippet("dunia/a.txt#2", "Two.")),
    }


def test_json_lines_are_grouped_by_article(tmp_path):
    file = jsonl(
        tmp_path,
        {"article": "dunia/a.txt", "text": " One \n one. "},
        {"article": "b", "text": "Two."},
        {"article": "dunia/a", "text": "Three."},
        {"article": "b", "text": " "},
    )
    assert read_references(file) == {
        "dunia/a": (
            Snippet("references.jsonl#1", "One one."),
            Snippet("references.jsonl#3", "Three."),
        ),
        "b": (Snippet("references.jsonl#2", "Two."),),
    }


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "no JSON"),
        ("[]", "expected an object with a `text`"),
        ('{"article": "a"}', "expected an object with a `text`"),
        ('{"article": "a", "text": 3}', "expected an object with a `text`"),
        ('{"text": "One.", "article": 3}', "expected an `article` that is text, or none"),
    ],
)
def test_a_bad_json_line_is_named_by_its_number(tmp_path, line, complaint):
    file = tmp_path / "references.jsonl"
    file.write_text(f'{{"article": "a", "text": "One."}}\n\n{line}\n')
    with pytest.raises(UserError, match=rf"references\.jsonl:3: {complaint}"):
        read_references(file)


def test_nothing_there(tmp_path):
    with pytest.raises(UserError, match=r"none: no such file or folder of references"):
        read_references(tmp_path / "none")


def test_a_folder_without_snippets(tmp_path):
    (tmp_path / "a.txt").write_text("\n\n")
    with pytest.raises(UserError, match=r"no reference snippet found; expected one \.txt"):
        read_references(tmp_path)


def test_an_empty_json_file(tmp_path):
    with pytest.raises(UserError, match=r"no reference snippet found"):
        read_references(jsonl(tmp_path))


def test_a_file_that_is_not_utf8(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"caf\xe9")
    with pytest.raises(UserError, match=r"a\.txt: byte 3 is not UTF-8; convert the file"):
        read_references(tmp_path)


def test_files_of_one_stem_do_not_displace_each_other(tmp_path):
    (tmp_path / "a.TXT").write_text("One.")
    (tmp_path / "a.txt").write_text("Two.")
    if len(list(tmp_path.iterdir())) == 1:
        pytest.skip("this disk does not tell a from A")
    found = {
        snippet.text for snippets in read_references(tmp_path).values() for snippet in snippets
    }
    assert found == {"One.", "Two."}


def test_entries_without_an_article_are_unassigned(tmp_path):
    file = jsonl(
        tmp_path, {"text": "One."}, {"text": "Two.", "article": None}, {"article": "a", "text": "3"}
    )
    found = read_references(file)
    assert [snippet.text for snippet in found[UNASSIGNED]] == ["One.", "Two."]
    assert [snippet.text for snippet in found["a"]] == ["3"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("r.csv", 'outlet,text,article\r\nAP,"He said ""no"",\nthen left.",a.txt\r\nAP,Two.,\r\n'),
        ("r.tsv", 'outlet\ttext\tarticle\nAP\tHe said "no", then left.\ta.txt\nAP\tTwo.\t\n'),
        ("r.TSV", 'text\tarticle\nHe said "no", then left.\ta\n\nTwo.\n'),
        ("r.csv", 'text;article\r\n"He said ""no"", then left.";a\r\nTwo.;\r\n'),
        ("r.csv", 'sep=;\r\nText; Article\r\nHe said "no", then left.;a\r\nTwo.\r\n'),
        ("r.csv", 'text|article\nHe said "no", then left.|a\n\n|\nTwo.\n'),
        ("r.csv", 'article\ttext\na\tHe said "no", then left.\n\tTwo.\n'),
        ("r.tsv", 'text\tarticle\n"He said ""no"",\nthen left."\ta\nTwo.\t\n'),
    ],
)
def test_tables(tmp_path, name, content):
    (tmp_path / name).write_bytes(content.encode())
    found = read_references(tmp_path / name)
    assert {key: [snippet.text for snippet in each] for key, each in found.items()} == {
        "a": ['He said "no", then left.'],
        UNASSIGNED: ["Two."],
    }


@pytest.mark.parametrize(
    ("name", "content", "texts"),
    [
        ("r.csv", 'text,article\n"One,a\nTwo,b\n', {"a": '"One', "b": "Two"}),
        (
            "r.csv",
            'text;article\n"We go," he said.;a\nTwo;b\n',
            {"a": '"We go," he said.', "b": "Two"},
        ),
        ("r.tsv", 'text\tarticle\n"One\ta\nTwo\n', {"a": '"One', UNASSIGNED: "Two"}),
        ("r.tsv", 'text\tarticle\n"We go."\ta\nTwo\n', {"a": '"We go."', UNASSIGNED: "Two"}),
        ("r.csv", "text\nOne, two; three\n", {UNASSIGNED: "One, two; three"}),
        (
            "r.csv",
            b"text,article\nIt costs \xa35 at the caf\xe9,a\n",
            {"a": "It costs £5 at the café"},
        ),
        ("r.csv", "text,article\nIt costs £5,a\n".encode("utf-16"), {"a": "It costs £5"}),
    ],
)
def test_tables_are_read_as_those_of_articles_are(tmp_path, name, content, texts):
    data = content if isinstance(content, bytes) else content.encode()
    (tmp_path / name).write_bytes(data)
    found = read_references(tmp_path / name)
    assert {key: each.text for key, (each,) in found.items()} == texts


def test_a_snippet_has_the_number_of_its_last_line(tmp_path):
    (tmp_path / "r.csv").write_text('sep=,\ntext,article\n"One\ntwo.",a\n\nThree.,a\n')
    found = read_references(tmp_path / "r.csv")["a"]
    assert [(each.id, each.text) for each in found] == [
        ("r.csv#4", "One two."),
        ("r.csv#6", "Three."),
    ]


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("r.csv", "text,Text\nOne.,Two.\n", r"r\.csv: two columns are named 'text'; rename one"),
        ("r.tsv", "text\tarticle\tarticle\n", r"two columns are named 'article'"),
        ("r.csv", 'text,article\n"One," he said, then left.,a\n', r"r\.csv:2: no row .*close its"),
        ("r.csv", "text,article\nOne, two,a\n", r"r\.csv:2: expected 2 columns, got 3; put texts"),
        ("r.csv", b"text,article\n\x8f\x90,a\n", r"r\.csv:2: byte 0 is not UTF-8; convert"),
        ("r.jsonl", '[{"text": "One."}]', r"r\.jsonl:1: expected an object .*jq -c \.\[\] makes"),
        ("r.jsonl", '[\n{"text": "One."}\n]', r"r\.jsonl: one JSON value over many lines; .*jq -c"),
        ("r.jsonl", '{"text": "One.", "n": ' + "9" * 5000 + "}", r"r\.jsonl:1: no JSON \(Exceeds"),
        ("r.jsonl", "[" * 100_000, r"r\.jsonl:1: no JSON \(maximum recursion"),
        ("r.jsonl", b"\xff{}", r"r\.jsonl:1: byte 0 is not UTF-8"),
    ],
)
def test_what_cannot_be_read_of_a_table_is_named(tmp_path, name, content, complaint):
    data = content if isinstance(content, bytes) else content.encode()
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UserError, match=complaint):
        read_references(tmp_path / name)


def test_a_folder_says_which_of_its_files_hold_no_references(tmp_path, caplog):
    (tmp_path / "a.txt").write_text("One.")
    for name in ("b.html", "c.csv", "d.csv", ".hidden", "LICENCE"):
        (tmp_path / name).write_text("x")
    assert list(read_references(tmp_path)) == ["a"]
    (record,) = caplog.records
    said = f"{tmp_path}: 4 files passed over (.csv 2, no ending 1, .html 1); in a folder"
    assert record.getMessage().startswith(said)


def test_a_folder_of_nothing_but_references_says_nothing(tmp_path, caplog):
    (tmp_path / "a.txt").write_text("One.")
    read_references(tmp_path)
    assert not caplog.records


def test_a_plain_file_that_cannot_be_read_is_named_with_its_cure(tmp_path):
    with pytest.raises(
        UserError, match=r"none\.en: cannot be read \(No such .*\); check the spelling"
    ):
        read_text(tmp_path / "none.en")
    with pytest.raises(UserError, match=r"cannot be read \(Is a directory\); it is a folder"):
        read_text(tmp_path)
    (tmp_path / "round.en").symlink_to(tmp_path / "round.en")
    with pytest.raises(UserError, match=r"cannot be read \(.*\); links lead round in a circle"):
        read_text(tmp_path / "round.en")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("article\tbody\na\tOne.\n", r"r\.tsv:1: expected a column `text`, got article, body"),
        ("text\nOne.\tTwo.\n", r"r\.tsv:2: expected 1 columns, got 2"),
    ],
)
def test_a_bad_table_is_named_by_its_line(tmp_path, content, complaint):
    (tmp_path / "r.tsv").write_text(content)
    with pytest.raises(UserError, match=complaint):
        read_references(tmp_path / "r.tsv")


def test_what_a_table_says_of_a_snippet_is_kept(tmp_path):
    file = jsonl(
        tmp_path,
        {"text": "One.", "outlet": "AP", "url": "http://x.test/1", "date": "2026-01-02", "note": 3},
        {"text": "Two.", "outlet": None},
    )
    first, second = read_references(file)[UNASSIGNED]
    assert (first.outlet, first.url, first.date) == ("AP", "http://x.test/1", "2026-01-02")
    assert (second.outlet, second.url, second.date) == ("", "", "")


def test_whole_articles_in_a_folder_each(tmp_path):
    for name in ("korut/guardian.txt", "korut/reuters.md", "feri.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("First paragraph.\n\nSecond paragraph.\n")
    found = read_references(tmp_path)
    assert sorted(found) == ["feri", "korut/guardian", "korut/reuters"]
    assert all(len(snippets) == 2 for snippets in found.values())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Presiden itu terbang ke ibu kota pada Senin pagi.", "#1: is Indonesian, not English"),
        ("word " * 210_000, "#1: 1,049,999 characters in one snippet; put blank lines between"),
    ],
    ids=["indonesian", "a megabyte"],
)
def test_an_odd_snippet_is_read_and_said(tmp_path, caplog, text, said):
    (tmp_path / "r.csv").write_text(f"text\n{text}\n")
    (snippet,) = read_references(tmp_path / "r.csv")[UNASSIGNED]
    assert snippet.text == text.strip()
    assert said.replace("#1", "r.csv#2") in caplog.text
