"""Mail to a dossier, over real SMTP: acknowledged is kept, once; every attachment gets an outcome."""

import asyncio
import smtplib
import ssl
import subprocess
import threading
from email.message import EmailMessage
from email.policy import SMTP

import msgspec
import pytest

from adapters.smtp_receiver import MOST_UNKNOWN
from application import erasure, incoming_mail
from application.erasure import Ground
from application.mail_addresses import Destination, destination
from domain.document import Channel, Document, DocumentReceived, Mailbox
from domain.dossier import Dossier
from domain.incoming_mail import IncomingMail, MailReceived
from web.mail_process import receiver
from world import pdf, ubl

DOMAIN = "documenten.kantoor.be"


def letter(*attachments, message_id="<een@voorbeeld.be>", body="Zie bijlage."):
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = "Jos Claes <jos@voorbeeld.be>", "Factuur", message_id
    made.set_content(body)
    for name, data in attachments:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made


class Post:
    """A receiver on a port of its own, and what it keeps."""

    def __init__(self, world, settings):
        self.world, self.bench = world, world.bench
        self.number = world.bench.log.load(Dossier, world.bakery).state.enterprise_number
        self._loop = asyncio.new_event_loop()
        self.receiver = receiver(world.cell, settings)
        self._server = self._loop.run_until_complete(self._loop.create_server(self.receiver.protocol, "127.0.0.1", 0))
        self.port = self._server.sockets[0].getsockname()[1]
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()

    def close(self):
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.run_until_complete(asyncio.sleep(0.05))  # what was closed lets go of its sockets
        self._loop.close()

    def address(self, prefix="aankoop-"):
        return f"{prefix}{self.number}@{DOMAIN}"

    def send(self, message, *to, trace=b""):
        with smtplib.SMTP("127.0.0.1", self.port, timeout=30) as client:
            return client.sendmail("jos@voorbeeld.be", to or [self.address()], trace + message.as_bytes(policy=SMTP))

    def events(self, kind):
        return [one for one in self.bench.log.read(0).events if isinstance(one.event, kind)]

    def outcome(self):
        [mail] = self.events(MailReceived)
        self.world.settle()
        return self.bench.log.load(IncomingMail, mail.stream).state.unpacked

    def documents(self):
        self.world.settle()
        return [one for one in self.events(DocumentReceived) if one.event.channel == Channel.MAIL]


def cut_off(client):
    """Whether the next recipient ends the conversation."""
    try:
        return client.rcpt(f"nog@{DOMAIN}")[0] == 421
    except smtplib.SMTPServerDisconnected:
        return True


@pytest.fixture
def settings(world):
    return msgspec.structs.replace(world.cell.settings, mail_domain=DOMAIN, max_upload_mb=1)


@pytest.fixture
def post(world, settings):
    opened = Post(world, settings)
    yield opened
    opened.close()


def test_every_attachment_becomes_a_document_that_tells_where_it_came_from(post):
    post.send(letter(("een.xml", ubl(0)), ("twee.pdf", pdf(1))))
    first, second = (one.event for one in post.documents())
    assert (first.file_name, second.file_name) == ("een.xml", "twee.pdf")
    assert (first.dossier, first.mailbox, first.sender) == (post.world.bakery, Mailbox.PURCHASE, "jos@voorbeeld.be")
    assert post.bench.objects.get(first.sha256) == ubl(0)
    assert (post.outcome().author, post.outcome().subject) == ("jos@voorbeeld.be", "Factuur")


def test_an_attachment_that_is_refused_says_why_and_the_others_come_in(post):
    post.send(letter(("virus.exe", b"MZ\0"), ("een.xml", ubl(0))))
    refused, taken = post.outcome().attachments
    assert refused.document is None
    assert refused.reason
    assert post.bench.log.load(Document, taken.document).state.file_name == "een.xml"


def test_a_mail_without_attachment_says_so(post):
    post.send(letter())
    assert post.outcome().refusal == incoming_mail.NO_ATTACHMENT


def test_a_message_that_is_sent_again_is_the_same_mail(post):
    message = letter(("een.xml", ubl(0)))
    post.send(message)
    post.send(message, trace=b"Received: from elders\r\n")
    assert len(post.events(MailReceived)) == 1
    assert len(post.documents()) == 1


def test_the_same_file_in_another_message_is_another_document_that_names_the_first(post):
    post.send(letter(("een.xml", ubl(0))))
    post.send(letter(("een.xml", ubl(0)), message_id="<twee@voorbeeld.be>"))
    first, second = post.documents()
    assert second.event.twin == first.stream


def test_a_message_to_two_mailboxes_comes_into_both(post):
    post.send(letter(("een.xml", ubl(0))), post.address("verkoop-"), post.address("divers-"))
    assert {one.event.mailbox for one in post.documents()} == {Mailbox.SALES, Mailbox.MISC}


@pytest.mark.parametrize(
    "address", ["niemand@" + DOMAIN, "aankoop-0999999922@" + DOMAIN, "kelder-{number}@" + DOMAIN, "{number}@elders.be"]
)
def test_an_unknown_recipient_is_refused_at_once(post, address):
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        post.send(letter(), address.format(number=post.number))
    assert [code for code, _ in refused.value.recipients.values()] == [550]


def test_who_guesses_addresses_is_cut_off(post):
    with smtplib.SMTP("127.0.0.1", post.port, timeout=30) as client:
        client.helo()
        client.mail("x@y.be")
        codes = [client.rcpt(f"{number}@{DOMAIN}")[0] for number in range(MOST_UNKNOWN)]
        assert codes == [550] * MOST_UNKNOWN
        assert cut_off(client)


def test_a_message_over_the_limit_is_refused_before_it_is_sent(post):
    with pytest.raises(smtplib.SMTPSenderRefused) as refused:
        post.send(letter(("groot.pdf", b"%PDF-" + b"x" * 2_000_000)))
    assert refused.value.smtp_code == 552


def test_what_cannot_be_stored_is_to_be_sent_again(post, monkeypatch):
    def full(_data):
        raise OSError("no space left")

    monkeypatch.setattr(post.bench.objects, "put", full)
    with pytest.raises(smtplib.SMTPDataError) as refused:
        post.send(letter(("een.xml", ubl(0))))
    assert refused.value.smtp_code == 451
    assert post.events(MailReceived) == []


def test_starttls_is_there_when_a_certificate_is_set(world, settings, tmp_path):
    certificate, key = tmp_path / "chain.pem", tmp_path / "key.pem"
    asked = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run([*asked, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    post = Post(world, msgspec.structs.replace(settings, mail_certificate=certificate, mail_certificate_key=key))
    try:
        with smtplib.SMTP("localhost", post.port, timeout=30) as client:
            trusting = ssl.create_default_context(cafile=certificate)
            client.starttls(context=trusting)
            client.sendmail("jos@voorbeeld.be", [post.address()], letter(("een.xml", ubl(0))).as_bytes(policy=SMTP))
    finally:
        post.close()
    assert len(post.documents()) == 1


def test_erasing_a_document_takes_the_message_it_came_in_along_and_leaves_the_other_documents(post):
    post.send(letter(("een.xml", ubl(0)), ("twee.xml", ubl(1))))
    first, second = post.documents()
    [mail] = post.events(MailReceived)
    erasure.erase(post.bench, post.world.actor("dora"), first.stream, Ground.REQUEST)
    post.world.settle()
    assert not post.bench.objects.exists(mail.event.sha256)
    [then] = post.events(MailReceived)
    assert then.event.sender == "gewist"
    assert post.bench.objects.exists(second.event.sha256)


def test_a_job_that_is_done_twice_makes_its_documents_once(post):
    post.send(letter(("een.xml", ubl(0))))
    post.documents()
    post.world._seen = 0
    assert len(post.documents()) == 1


@pytest.mark.parametrize(
    ("prefix", "mailbox"), [("achat-", Mailbox.PURCHASE), ("Vente-", Mailbox.SALES), ("sales-", Mailbox.SALES), ("", Mailbox.MISC)]
)
def test_addresses_have_their_names_in_each_language(post, prefix, mailbox):
    assert destination(post.bench, post.address(prefix), DOMAIN) == Destination(post.world.bakery, mailbox)
