"""One contract for both stores: a folder on disk, and S3 over real HTTP."""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from moto.server import ThreadedMotoServer
from obstore.store import S3Store

from adapters import objects_s3
from adapters.objects import LocalObjects, open_objects
from adapters.objects_s3 import S3Objects
from application.ports import ObjectDamaged, ObjectMissing
from domain.kernel import Refused

INVOICE = b"%PDF-1.7 an invoice"
DIGEST = hashlib.sha256(INVOICE).hexdigest()
ABSENT = hashlib.sha256(b"never stored").hexdigest()


@pytest.fixture(scope="session")
def s3_endpoint():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    httpx.put(f"{endpoint}/documents").raise_for_status()
    yield endpoint
    server.stop()


@pytest.fixture(params=["local", "s3"])
def store_url(request, tmp_path, monkeypatch):
    if request.param == "local":
        return tmp_path.as_uri()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "office")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    return f"s3://documents/{tmp_path.name}?endpoint={request.getfixturevalue('s3_endpoint')}&region=eu-west-1"


@pytest.fixture
def objects(store_url):
    return open_objects(store_url)


@pytest.fixture
def overwrite(store_url, tmp_path, s3_endpoint):
    """Puts other bytes where an object is, as a failing disk would."""

    def write(sha256, data):
        name = f"{sha256[:2]}/{sha256}"
        if store_url.startswith("file:"):
            (tmp_path / name).write_bytes(data)
        else:
            S3Store("documents", prefix=tmp_path.name, endpoint=s3_endpoint, client_options={"allow_http": True}).put(name, data)

    return write


def test_what_is_put_can_be_got_under_its_digest(objects):
    assert objects.put(INVOICE) == DIGEST
    assert objects.get(DIGEST) == INVOICE


def test_an_empty_object_is_an_object(objects):
    assert objects.get(objects.put(b"")) == b""


def test_a_large_object_comes_back_whole(objects):
    scan = os.urandom(12_000_000)
    assert objects.get(objects.put(scan)) == scan


def test_putting_the_same_bytes_again_changes_nothing(objects):
    assert objects.put(INVOICE) == objects.put(INVOICE)
    assert objects.get(DIGEST) == INVOICE


def test_many_can_put_the_same_and_other_bytes_at_once(objects):
    contents = [f"invoice {number % 10}".encode() for number in range(60)]
    with ThreadPoolExecutor(8) as threads:
        digests = list(threads.map(objects.put, contents))
    assert [objects.get(digest) for digest in digests] == contents


def test_what_was_never_put_is_missing(objects):
    assert not objects.exists(ABSENT)
    with pytest.raises(ObjectMissing):
        objects.get(ABSENT)


def test_damage_is_found_on_reading(objects, overwrite):
    objects.put(INVOICE)
    overwrite(DIGEST, INVOICE[:-1])
    with pytest.raises(ObjectDamaged):
        objects.get(DIGEST)


def test_putting_the_right_bytes_again_repairs_damage(objects, overwrite):
    objects.put(INVOICE)
    overwrite(DIGEST, INVOICE[:-1])
    objects.put(INVOICE)
    assert objects.get(DIGEST) == INVOICE


def test_a_deleted_object_is_gone(objects):
    objects.put(INVOICE)
    objects.delete(DIGEST)
    assert not objects.exists(DIGEST)


def test_deleting_what_is_not_there_is_no_error(objects):
    objects.delete(ABSENT)
    assert not objects.exists(ABSENT)


@pytest.mark.parametrize("name", ["../../etc/passwd", DIGEST.upper(), DIGEST[:-1], ""])
def test_only_a_digest_names_an_object(objects, name):
    with pytest.raises(ValueError, match="SHA-256"):
        objects.get(name)


def test_two_prefixes_of_one_bucket_do_not_see_each_other(s3_endpoint, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "office")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    S3Objects("documents", "office-1", endpoint=s3_endpoint).put(INVOICE)
    assert not S3Objects("documents", "office-2", endpoint=s3_endpoint).exists(DIGEST)


@pytest.mark.parametrize(("act", "given"), [("put", INVOICE), ("get", DIGEST), ("exists", DIGEST), ("delete", DIGEST)])
def test_a_store_that_does_not_answer_is_an_error_of_the_system(monkeypatch, act, given):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "office")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setattr(objects_s3, "PATIENCE", timedelta(milliseconds=200))
    objects = S3Objects("documents", "office", endpoint="http://127.0.0.1:9")
    with pytest.raises(OSError, match=r"127\.0\.0\.1:9"):
        getattr(objects, act)(given)


def test_bytes_reach_the_disk_before_their_name_and_the_name_before_the_answer(tmp_path, monkeypatch):
    objects = LocalObjects(tmp_path)
    steps = []
    fsync, rename = os.fsync, os.rename

    def watched_fsync(handle):
        steps.append(Path(f"/proc/self/fd/{handle}").readlink())
        fsync(handle)

    def watched_rename(source, target):
        steps.append("named")
        rename(source, target)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(os, "rename", watched_rename)
    objects.put(INVOICE)
    content, named, folder = steps
    assert (content.parent, named, folder) == (tmp_path / "incoming", "named", tmp_path / DIGEST[:2])


def test_a_put_that_fails_leaves_nothing_behind(tmp_path, monkeypatch):
    objects = LocalObjects(tmp_path)

    def full_disk(_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full_disk)
        with pytest.raises(OSError, match="No space"):
            objects.put(INVOICE)
    assert not objects.exists(DIGEST)
    assert list((tmp_path / "incoming").iterdir()) == []


def test_what_a_killed_process_left_is_swept_up_a_day_later(tmp_path):
    LocalObjects(tmp_path)
    for name, age in (("old", 100_000), ("new", 0)):
        (tmp_path / "incoming" / name).write_bytes(b"half")
        moment = (tmp_path / "incoming" / name).stat().st_mtime - age
        os.utime(tmp_path / "incoming" / name, (moment, moment))
    LocalObjects(tmp_path)
    assert [left.name for left in (tmp_path / "incoming").iterdir()] == ["new"]


@pytest.mark.parametrize("url", ["ftp://host/documents", "s3:///prefix", "s3://documents/x?colour=red", "file://elsewhere/x", "/documents"])
def test_an_address_that_is_no_store_is_refused(url):
    with pytest.raises(Refused, match="geen documenten bewaren"):
        open_objects(url)
