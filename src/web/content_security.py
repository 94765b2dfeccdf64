"""What a page of ours may load and do (DESIGN §8): only our own files, nothing inline, no eval.

`wasm-unsafe-eval` lets pdf.js compile its JBIG2 and JPEG 2000 decoders; `data:` is how Tabler draws checks and arrows; `blob:`
is for pictures made in the browser.
"""

from __future__ import annotations

ALLOWED = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data: blob:",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
    "base-uri": "'none'",
}
CONTENT_SECURITY_POLICY = "; ".join(f"{kind} {sources}" for kind, sources in ALLOWED.items())
