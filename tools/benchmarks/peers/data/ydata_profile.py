"""Profiles a table with ydata-profiling and tells what it took, as one line of JSON.

usage: ydata_profile.py FILE full|minimal
"""
import json
import resource
import sys
import time

start = time.perf_counter()
import pandas
from ydata_profiling import ProfileReport
import ydata_profiling

path, mode = sys.argv[1:]
if path.endswith(".csv"):
    frame = pandas.read_csv(path, parse_dates=["created_at"]) if "created_at" in open(path).readline() else pandas.read_csv(path)
else:
    frame = pandas.read_parquet(path)
report = ProfileReport(frame, minimal=mode == "minimal", progress_bar=False)
description = json.loads(report.to_json())
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps({
    "rows": description["table"]["n"],
    "cpuSeconds": sum(one.ru_utime + one.ru_stime for one in used),
    "wallSeconds": time.perf_counter() - start,
    "peakMb": max(one.ru_maxrss for one in used) / 1024,
    "versions": {"ydata-profiling": ydata_profiling.__version__, "pandas": pandas.__version__},
}))
