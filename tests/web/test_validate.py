import io
import json

from web.validate import run
from world import ubl


def test_a_line_a_file_tells_what_is_wrong_and_the_exit_status_whether_anything_is(tmp_path):
    good, bad, none = (tmp_path / name for name in ("good.xml", "bad.xml", "none.xml"))
    good.write_bytes(ubl(0))
    bad.write_bytes(ubl(0).replace(b"<cbc:IssueDate>", b"<cbc:IssueDate>x"))
    out = io.StringIO()
    assert run([str(good)], io.StringIO()) == 0
    assert run([str(good), str(bad), str(none)], out) == 1
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line.get("valid") for line in lines] == [True, False, None]
    assert lines[1]["findings"][0]["rule"] == "UBL-XSD"
    assert "error" in lines[2]
