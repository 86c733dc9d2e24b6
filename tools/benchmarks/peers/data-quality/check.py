"""Checks a Parquet file with Great Expectations on pandas and tells what it took, as one line of JSON.

usage: check.py FILE SUITE.json
"""
import json
import logging
import re
import resource
import sys
import time

start = time.perf_counter()
import pandas  # noqa: E402

logging.disable(logging.CRITICAL)
import great_expectations as gx  # noqa: E402

NAMES = {"columnA": "column_A", "columnB": "column_B"}


def snake(text):
    return NAMES.get(text, re.sub(r"[A-Z]", lambda letter: "_" + letter[0].lower(), text))


def expectation(item):
    kwargs = {snake(name): value for name, value in item["kwargs"].items()}
    if "ignore_row_if" in kwargs:
        kwargs["ignore_row_if"] = snake(kwargs["ignore_row_if"])
    if "row_condition" in kwargs:
        kwargs["row_condition"] = kwargs["row_condition"].replace(" = true", " == True")
        kwargs["condition_parser"] = "pandas"
    return getattr(gx.expectations, "E" + item["type"][1:])(**kwargs)


frame = pandas.read_parquet(sys.argv[1])
frame["created_at"] = frame["created_at"].astype("datetime64[ns]")
with open(sys.argv[2], encoding="utf-8") as file:
    suite = gx.ExpectationSuite(name="suite", expectations=[expectation(item) for item in json.load(file)])
context = gx.get_context(mode="ephemeral")
asset = context.data_sources.add_pandas("pandas").add_dataframe_asset("table")
batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
found = batch.validate(suite, result_format="BASIC")
faults = [result.expectation_config.type for result in found.results if "element_count" not in result.result]
if faults:
    raise SystemExit(f"Great Expectations could not evaluate {faults}")
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps({
    "rows": len(frame),
    "cpuSeconds": sum(one.ru_utime + one.ru_stime for one in used),
    "wallSeconds": time.perf_counter() - start,
    "peakMb": max(one.ru_maxrss for one in used) / 1024,
    "versions": {"Great Expectations": gx.__version__, "pandas": pandas.__version__},
}))
