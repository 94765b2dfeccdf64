"""What is found in a mail: what somebody meant to send, and nothing that should not be opened."""

import io
import zipfile
from email.message import EmailMessage

import pytest
from PIL import Image

from adapters import mail_parts
from adapters.mail_parts import open_mail
from domain.kernel import Refused

LARGEST = 1_000_000
PDF = b"%PDF-1.7 factuur"


def mail(*attachments, subject="Factuur", body="Zie bijlage"):
    made = EmailMessage()
    made["From"], made["Subject"] = "Jos <jos@voorbeeld.be>", subject
    made.set_content(body)
    for name, data in attachments:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def picture(side):
    out = io.BytesIO()
    Image.new("RGB", (side, side)).save(out, "PNG")
    return out.getvalue()


def found(message):
    data = message if isinstance(message, bytes) else message.as_bytes()
    return [(one.file_name, one.data or one.reason) for one in open_mail(data, LARGEST).parts]


def test_every_attachment_is_found_under_its_own_name():
    message = mail(("één.pdf", PDF), ("twee.pdf", PDF + b"2"), subject="Facturen maart é")
    assert found(message) == [("één.pdf", PDF), ("twee.pdf", PDF + b"2")]
    opened = open_mail(message.as_bytes(), LARGEST)
    assert (opened.author, opened.subject, opened.automatic) == ("jos@voorbeeld.be", "Facturen maart é", False)


def test_a_name_encoded_as_most_programs_do_is_decoded():
    data = mail(("x.pdf", PDF)).as_bytes().replace(b'filename="x.pdf"', b'filename="=?utf-8?q?fact=C3=BCur.pdf?="')
    assert found(data) == [("factüur.pdf", PDF)]


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "C:\\temp\\passwd.pdf", "/passwd.pdf"])
def test_a_path_is_only_a_name(name):
    assert found(mail((name, PDF))) == [("passwd.pdf", PDF)]


def test_a_mail_without_attachments_has_nothing_to_take():
    assert found(mail()) == []


def test_a_forwarded_mail_gives_its_attachments_too():
    outer = mail()
    outer.add_attachment(mail(("binnen.pdf", PDF)))
    assert found(outer) == [("binnen.pdf", PDF)]
    assert found(mail(("doorgestuurd.eml", mail(("binnen.pdf", PDF)).as_bytes()))) == [("binnen.pdf", PDF)]


@pytest.mark.parametrize(("side", "taken"), [(64, False), (1200, True)])
def test_a_logo_in_the_text_is_left_and_a_photo_is_not(side, taken):
    message = mail()
    message.add_alternative("<img src='cid:a'>", subtype="html")
    message.get_payload()[1].add_related(picture(side), "image", "png", cid="<a>", filename="beeld.png", disposition="inline")
    assert bool(found(message)) == taken


def test_the_attachments_outlook_hides_are_told_of():
    assert found(mail(("winmail.dat", b"\x78\x9f\x3e\x22"))) == [("winmail.dat", mail_parts.OUTLOOK)]


def test_a_zip_gives_its_files():
    assert found(mail(("alles.zip", zipped(**{"map/a.pdf": PDF, ".DS_Store": b"x"})))) == [("a.pdf", PDF)]


def test_a_zip_bomb_is_told_of_and_not_unpacked():
    data = zipped(**{"bom.pdf": b"\0" * 50_000_000, "goed.pdf": PDF})
    assert found(mail(("x.zip", data))) == [("bom.pdf", mail_parts.ZIP_BOMB), ("goed.pdf", PDF)]


def test_a_zip_that_lies_about_its_sizes_is_read_no_further_than_a_file_may_be():
    data = zipped(**{"a.pdf": bytes(range(256)) * 8_000})
    assert found(mail(("x.zip", data))) in ([("a.pdf", mail_parts.TOO_LARGE)], [("a.pdf", mail_parts.ZIP_BOMB)])


def test_zips_in_zips_and_broken_ones_are_told_of():
    data = zipped(**{"b.zip": zipped(**{"a.pdf": PDF})})
    assert found(mail(("x.zip", data))) == [("b.zip", mail_parts.ZIP_IN_ZIP)]
    assert found(mail(("x.zip", data[:40]))) == [("x.zip", mail_parts.BAD_ZIP)]


@pytest.mark.parametrize("inside", [{"[Content_Types].xml": b"<Types/>", "media/logo.png": b"\x89PNG"}, {"mimetype": b"application/x"}])
def test_a_document_of_an_office_program_is_one_attachment_and_no_zip(inside):
    data = zipped(**inside)
    assert found(mail(("brief.docx", data))) == [("brief.docx", data)]


def test_a_zip_of_too_many_files_is_told_of_and_keeps_the_others():
    data = zipped(**{f"{number}.pdf": PDF for number in range(mail_parts.MOST_ATTACHMENTS + 1)})
    assert found(mail(("x.zip", data), ("goed.pdf", PDF))) == [("x.zip", mail_parts.ZIP_TOO_MANY), ("goed.pdf", PDF)]


def test_a_zip_that_is_too_large_as_a_whole_is_told_of_and_keeps_the_others(monkeypatch):
    monkeypatch.setattr(mail_parts, "LARGEST_TOTAL", 2 * len(PDF))
    data = zipped(**{f"{number}.pdf": PDF for number in range(3)})
    got = found(mail(("x.zip", data)))
    assert got == [("0.pdf", PDF), ("1.pdf", PDF), ("x.zip", mail_parts.TOO_LARGE_TOGETHER)]


def test_messages_nested_too_deep_are_refused():
    inner = mail(("a.pdf", PDF))
    for _ in range(12):
        outer = mail()
        outer.add_attachment(inner)
        inner = outer
    with pytest.raises(Refused, match="te ingewikkeld"):
        found(inner)


def test_ten_thousand_parts_are_refused():
    part = b"--x\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\n%PDF-\r\n"
    with pytest.raises(Refused, match="te ingewikkeld"):
        found(b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + part * 10_000 + b"--x--\r\n")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\xff" * 2_000,
        b"Content-Type: multipart/mixed\r\n\r\nniets",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Transfer-Encoding: base64\r\n\r\n====",
        b"Subject: =?nergens?b?AAAA?=\r\nFrom: \r\n\r\n",
        b"Content-Disposition: attachment; filename*=nergens''%ff%fe\r\n\r\n",
    ],
)
def test_broken_messages_are_no_error_and_bring_nothing(data):
    assert [one for one in open_mail(data, LARGEST).parts if one.data] == []


def test_a_header_cannot_bring_a_line_of_its_own():
    data = b"Subject: =?utf-8?q?Dag=0D=0ABcc:_x=40y.be?=\r\n\r\n"
    assert open_mail(data, LARGEST).subject == "Dag Bcc: x@y.be"


@pytest.mark.parametrize("line", [b"Auto-Submitted: auto-replied", b"Precedence: bulk", b"List-Id: <x>"])
def test_a_program_that_mails_is_known(line):
    assert open_mail(line + b"\r\n\r\nweg", LARGEST).automatic
