"""Runs statements in an embedded ClickHouse: a JSON text a line in, `{"rows": [...]}` or `{"error": text}` a line out."""
import json
import sys

from chdb import session

database = session.Session()
for line in sys.stdin:
    try:
        answer = database.query(json.loads(line), "JSON")
        text = answer.bytes().decode() if answer is not None else ""
        print(json.dumps({"rows": json.loads(text)["data"] if text.strip() else []}), flush=True)
    except Exception as error:
        print(json.dumps({"error": str(error)}), flush=True)
