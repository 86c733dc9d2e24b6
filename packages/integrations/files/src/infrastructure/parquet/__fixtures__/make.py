"""Writes the Parquet files beside it: python make.py (pyarrow 26.0.1). Row groups of 3 rows."""

import datetime as dt
import decimal
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

here = pathlib.Path(__file__).parent
utc = dt.timezone.utc
table = pa.table(
    {
        "id": pa.array([1, 2, None, 9007199254740991, -5], pa.int64()),
        "small": pa.array([1, -2, 3, None, 5], pa.int16()),
        "unsigned": pa.array([4294967295, 0, None, 7, 8], pa.uint32()),
        "value": pa.array([0.1, None, -1e308, 5e-324, 2.5], pa.float64()),
        "single": pa.array([0.5, 0.25, None, -1.0, 3.0], pa.float32()),
        "flag": pa.array([True, False, None, True, False], pa.bool_()),
        "price": pa.array([decimal.Decimal("0.57"), None, decimal.Decimal("-12.34"), decimal.Decimal("0.00"), decimal.Decimal("99999.99")], pa.decimal128(9, 2)),
        "name": pa.array(["a", None, "NA", "", "ä\n\"b\""], pa.string()),
        "day": pa.array([dt.date(2026, 11, 20), None, dt.date(1969, 12, 31), dt.date(1970, 1, 1), dt.date(2000, 2, 29)], pa.date32()),
        "at": pa.array([dt.datetime(2026, 11, 20, 12, 30, 15, 123456, utc), None, dt.datetime(1969, 12, 31, 23, 59, 59, 500000, utc), dt.datetime(1970, 1, 1, tzinfo=utc), dt.datetime(2000, 1, 1, tzinfo=utc)], pa.timestamp("us", "UTC")),
        "local": pa.array([dt.datetime(2026, 11, 20, 12, 30), None, dt.datetime(1999, 1, 1), dt.datetime(1970, 1, 1), dt.datetime(2000, 1, 1)], pa.timestamp("ms")),
        "time": pa.array([dt.time(12, 30, 15, 250000), None, dt.time(0, 0), dt.time(23, 59, 59), dt.time(1, 2, 3)], pa.time64("us")),
    }
)
for codec in ["snappy", "gzip", "zstd", "lz4", "none"]:
    pq.write_table(table, here / f"{codec}.parquet", compression=codec, row_group_size=3)

pq.write_table(table, here / "second-pages.parquet", compression="zstd", row_group_size=3, data_page_version="2.0")
pq.write_table(pa.table({"id": pa.array([1, 9007199254740993], pa.int64())}), here / "unsafe-integer.parquet")
pq.write_table(pa.table({"id": pa.array([1]), "tags": pa.array([["a", "b"]])}), here / "nested.parquet")
pq.write_table(pa.table({"id": pa.array([], pa.int64())}), here / "no-rows.parquet")
