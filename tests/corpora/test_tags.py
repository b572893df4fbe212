"""Signs that open a tag of HTML, and signs that are text; pieces are in cases/markup.jsonl too."""

import pytest

from corpora.tags import with_signs_as_text


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>Satu.</p><br/><BR /><hr\n>",
        "<!DOCTYPE html><!-- Rp 5 --><?php echo 1 ?>",
        "<![if !IE]><p>Satu.<![endif]>",
        '<a href="x"title="a > b">satu</a>',
        "<fb:like></fb:like><o:p/>",
        "<script>if (a<b && c<Rp) x = '</p>';</script>",
    ],
)
@pytest.mark.parametrize("is_page", [False, True])
def test_what_is_markup_stays(html, is_page):
    assert with_signs_as_text(html, is_page=is_page) == html


@pytest.mark.parametrize("html", ["<main ui-view>", "<p class>", "<amp-ad>", "<area kota ini>"])
def test_on_a_page_names_alone_are_tags(html):
    assert with_signs_as_text(html, is_page=True) == html
    assert with_signs_as_text(html) == html.replace("<", "&lt;")


@pytest.mark.parametrize(
    "text",
    [
        "<Rp 10.000 per kilo",
        "<Rp>",
        "<budi@contoh.id>",
        "<mailto:budi@contoh.id>",
        "<www.contoh.id/?a=1>",
        "<sumber resmi>",
        "<Penulis: Budi>",
        "<5",
        "< p>",
        "</ p>",
        "<",
        "<!ya>",
        "<?>",
    ],
)
@pytest.mark.parametrize("is_page", [False, True])
def test_what_is_text_is_no_tag(text, is_page):
    html = f"<p>Satu {text}, dua.</p>"
    expected = f"<p>Satu {text.replace('<', '&lt;')}, dua.</p>"
    assert with_signs_as_text(html, is_page=is_page) == expected
