"""Runs suites in the real Great Expectations, on pandas: reads tables and expectations as JSON, prints one JSON line a result."""
import json
import logging
import math
import sys
import warnings

import pandas as pd

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

import great_expectations as gx  # noqa: E402

DTYPES = {"float": "float64", "integer": "float64", "whole": "int64", "timestamp": "datetime64[ns]"}


def series(column):
    values = column["values"]
    if column["kind"] == "whole":
        values = [int(value) for value in values]
    if column["kind"] == "float":
        values = [None if value is None else float(value) for value in values]
    if column["kind"] == "timestamp":
        return pd.to_datetime(pd.Series(values), format="ISO8601").astype("datetime64[ns]")
    return pd.Series(values, dtype=DTYPES.get(column["kind"], "object"))


def plain(value):
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(item) for item in value]
    if hasattr(value, "tolist") and not hasattr(value, "isoformat"):
        return plain(value.tolist())
    if value is None or value is pd.NaT:
        return None
    if isinstance(value, float) and (math.isnan(value) or math.isinf(value)):
        return None if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**53:
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        tables = json.load(file)
    context = gx.get_context(mode="ephemeral")
    source = context.data_sources.add_pandas("pandas")
    for table in tables:
        frame = pd.DataFrame({column["name"]: series(column) for column in table["columns"]})
        asset = source.add_dataframe_asset(table["name"])
        batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
        for item in table["expectations"]:
            line = {"table": table["name"], "type": item["type"]}
            try:
                expectation = getattr(gx.expectations, item["type"])(**item["kwargs"])
                found = batch.validate(expectation, result_format="COMPLETE")
                info = found.exception_info or {}
                line["success"] = bool(found.success)
                line["result"] = plain(dict(found.result))
                line["fault"] = next(
                    (part.get("exception_message") for part in [info, *[v for v in info.values() if isinstance(v, dict)]] if part.get("exception_message")),
                    None,
                )
            except Exception as error:  # the other side must refuse it too
                line["fault"] = f"{type(error).__name__}: {error}"[:300]
            print(json.dumps(line), flush=True)


main()
