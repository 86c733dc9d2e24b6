"""Bodies that Schemathesis cannot write by itself."""

import json

import schemathesis


@schemathesis.serializer("application/x-ndjson", "text/csv")
def lines(ctx, value):
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    return json.dumps(value).encode()
