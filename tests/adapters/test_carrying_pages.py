"""Pages are carried over as they are; hostile files are refused."""

import io

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.page_cutting import cut
from domain.kernel import Refused

PDF = "application/pdf"


def book(count, **saved):
    """Pages that each say their number, in a stream packed in its own way."""
    with pikepdf.new() as made:
        for number in range(1, count + 1):
            page = made.add_blank_page(page_size=(100, 200))
            page.Contents = made.make_stream(f"% {number}".encode())
        out = io.BytesIO()
        made.save(out, **saved)
        return out.getvalue()


def contents(data):
    with pikepdf.open(io.BytesIO(data)) as opened:
        return [page.Contents.read_raw_bytes() for page in opened.pages]


@given(st.data())
def test_each_page_is_in_one_place_unless_it_was_left_out(data):
    sizes = data.draw(st.lists(st.integers(1, 5), min_size=1, max_size=3))
    all_pages = [(source, page, 0) for source, size in enumerate(sizes) for page in range(1, size + 1)]
    wanted = data.draw(st.permutations(all_pages))[: data.draw(st.integers(1, len(all_pages)))]
    cuts = sorted(data.draw(st.sets(st.integers(1, len(wanted)), max_size=len(wanted)))) or [len(wanted)]
    parts = [wanted[start:end] for start, end in zip([0, *cuts], [*cuts, len(wanted)], strict=True) if wanted[start:end]]
    books = [book(size) for size in sizes]
    made = cut(b"", books, [PDF] * len(sizes), parts)
    assert [contents(one) for one in made] == [[contents(books[source])[page - 1] for source, page, _ in part] for part in parts]


def test_a_page_is_turned_without_touching_what_is_on_it():
    [made] = cut(b"", [book(2)], [PDF], [[(0, 2, 90)]])
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert opened.pages[0].Rotate == 90
    assert contents(made) == contents(book(2))[1:]


def test_a_script_does_not_come_along():
    with pikepdf.open(io.BytesIO(book(1))) as opened:
        opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        opened.pages[0].AA = pikepdf.Dictionary(O=opened.Root.OpenAction)
        out = io.BytesIO()
        opened.save(out)
    assert b"alert" not in cut(b"", [out.getvalue()], [PDF], [[(0, 1, 0)]])[0]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.7 kapot", "beschadigd"),
        (book(1, encryption=pikepdf.Encryption(owner="a", user="b")), "beveiligd"),
        (book(1, encryption=pikepdf.Encryption(owner="a", allow=pikepdf.Permissions(extract=False))), "beveiligd"),
    ],
)
def test_what_cannot_be_cut_is_refused(data, told):
    with pytest.raises(Refused, match=told):
        cut(b"", [data], [PDF], [[(0, 1, 0)]])


def test_two_thousand_pages_are_cut_one_by_one():
    thick = book(2000)
    made = cut(b"", [thick], [PDF], [[(0, page, 0)] for page in (1, 1000, 2000)])
    assert [contents(one) for one in made] == [[contents(thick)[page - 1]] for page in (1, 1000, 2000)]
