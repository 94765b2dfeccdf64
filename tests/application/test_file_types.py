import pytest

from application.file_types import MediaType, sniff
from domain.kernel import Refused

UBL = "urn:oasis:names:specification:ubl:schema:xsd"
INVOICE = f'<Invoice xmlns="{UBL}:Invoice-2"><ID>1</ID></Invoice>'
CREDIT_NOTE = f'<?xml version="1.0"?>\n<!-- sent by a package -->\n<ubl:CreditNote xmlns:ubl="{UBL}:CreditNote-2"/>'
CII = '<r:CrossIndustryInvoice xmlns:r="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"/>'
ENVELOPE = '<StandardBusinessDocument xmlns="http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"/>'
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"%PDF-1.7\n...", MediaType.PDF),
        (b"Received by gateway\r\n%PDF-1.4\n...", MediaType.PDF),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", MediaType.JPEG),
        (PNG, MediaType.PNG),
        (b"II*\x00\x08\x00", MediaType.TIFF),
        (b"MM\x00*\x00\x00", MediaType.TIFF),
        (b"II+\x00\x08\x00", MediaType.TIFF),
        (b"\x00\x00\x00\x18ftypheic\x00", MediaType.HEIC),
        (INVOICE.encode(), MediaType.XML),
        (CREDIT_NOTE.encode(), MediaType.XML),
        (CII.encode(), MediaType.XML),
        (ENVELOPE.encode(), MediaType.XML),
        (b"\xef\xbb\xbf" + INVOICE.encode(), MediaType.XML),
        (b"\r\n  " + INVOICE.encode(), MediaType.XML),
        (f'<?xml version="1.0" encoding="utf-16"?>{INVOICE}'.encode("utf-16"), MediaType.XML),
        (f'<?xml version="1.0" encoding="windows-1252"?>{INVOICE}'.encode("cp1252"), MediaType.XML),
    ],
)
def test_a_file_is_known_by_its_content(data, media_type):
    assert sniff(data, "upload.bin", len(data)) == media_type


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "het bestand is leeg"),
        (b"%PDF-1.7" + b" " * 1_000_000, "groter dan 1 MB"),
        (b"PK\x03\x04 a spreadsheet", "“offerte.docx” is geen PDF, JPEG, PNG, HEIC, TIFF of UBL-factuur"),
        (b"\x89PNG but not quite", "is geen PDF"),
        (b" " * 2_000 + b"%PDF-1.7", "is geen PDF"),
        (b"<html><body>%PDF-1.7</body></html>", "maar “html”"),
        (f'<Order xmlns="{UBL}:Order-2"/>'.encode(), "maar “Order”"),
        (b"<Invoice><ID>1</ID></Invoice>", "maar “Invoice”"),
        (INVOICE[:40].encode(), "XML-bestand is beschadigd"),
        (b"<Invoice <<<", "XML-bestand is beschadigd"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "XML-bestand is beschadigd"),
        (b'<?xml version="1.0" encoding="UTF-7"?><a/>', "XML-bestand is beschadigd"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "bevat een DTD"),
        (('<!DOCTYPE a [<!ENTITY b "c">]>' + INVOICE).encode("utf-16"), "bevat een DTD"),
    ],
)
def test_any_other_file_is_refused_with_the_reason(data, sentence):
    with pytest.raises(Refused, match=sentence):
        sniff(data, "offerte.docx", max_bytes=1_000_000)


def test_an_invoice_damaged_further_on_passes_the_cheap_check():
    assert sniff(INVOICE[:-10].encode(), "factuur.xml", 1_000_000) == MediaType.XML


def test_a_root_name_of_a_thousand_letters_is_shown_short():
    with pytest.raises(Refused) as refused:
        sniff(b"<" + b"a" * 1_000 + b"/>", "x.xml", 1_000_000)
    assert len(str(refused.value)) < 200
