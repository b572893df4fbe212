import pytest

from eval.tables import FORMATS, Table, latex, markdown, text

HOSTILE = "a|b_c & 50 % $x {y} \\z #1 <b> ~^\x1b[31m\u202e\nnext *s* `t`"
TABLE = Table("Ti_tle", ["", "BLEU ↑"], [[HOSTILE, "1.0"], ["short", "22.25"]], ["note 5 %"])


@pytest.mark.parametrize("name", FORMATS)
def test_what_steers_a_terminal_or_breaks_lines_is_gone(name):
    shown = FORMATS[name](TABLE)
    assert "\x1b" not in shown and "\u202e" not in shown and "\nnext" not in shown


def test_columns_stand_below_each_other():
    lines = text(TABLE).split("\n")
    assert len({len(line) for line in lines[2:4]}) == 1
    assert lines[3].startswith("  short ") and lines[3].endswith(" 22.25")


def test_sentences_stand_on_the_left():
    wordy = Table("t", ["", "text"], [["a", "one"], ["b", "one two three"]], wordy=True)
    assert text(wordy).split("\n")[2] == "  a  one"
    assert "p{" in latex(wordy)


def test_a_cell_stays_a_cell_in_markdown():
    rows = [line for line in markdown(TABLE).split("\n") if line.startswith("|")]
    unescaped = [line.replace("\\|", "").count("|") for line in rows]
    assert unescaped == [3] * 4 and "\\<b>" in rows[2]


@pytest.mark.parametrize("name", ["[b].en", "*b.en", "[", "[1pt] x"])
def test_a_row_that_begins_like_an_option_is_none_in_latex(name):
    r"""Behind the end of a row, and behind a rule, LaTeX looks for `[` and `*`."""
    lines = latex(Table("t", [name, "BLEU"], [[name, "1"], ["a", "[2]"], ["", name]])).split("\n")
    begin = lines.index(r"\toprule") + 1
    header, _, *rows = lines[begin : begin + 5]
    assert (header, rows[0]) == (rf"{{}}{name} & BLEU \\", rf"{{}}{name} & 1 \\")
    assert rows[1:] == [r"a & [2] \\", rf" & {name} \\"]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("AT&amp;T", r"AT\&amp;T"),
        ("&copy;", r"\&copy;"),
        ("~~gone~~", r"\~\~gone\~\~"),
        ("$x$", r"\$x\$"),
        ("50 % #1 (a) {b} - c", "50 % #1 (a) {b} - c"),
    ],
)
def test_what_markdown_would_turn_into_something_else_is_escaped(cell, written):
    assert markdown(Table("t", [""], [[cell]])).split("\n")[-1] == f"| {written} |"


def test_an_arrow_is_an_arrow_in_latex():
    assert r"x $\rightarrow$ y" in latex(Table("t", [""], [["x → y"]]))


def test_latex_signs_are_escaped():
    (row,) = (line for line in latex(TABLE).split("\n") if line.startswith("a"))
    assert row.count(" & ") == 1 and row.endswith(r" \\")
    for sign in (r"\_", r"\&", r"\%", r"\$", r"\{y\}", r"\textbackslash{}z", r"\#"):
        assert sign in row
    assert r"$\uparrow$" in latex(TABLE)
