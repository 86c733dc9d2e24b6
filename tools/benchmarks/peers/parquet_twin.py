"""Writes a CSV file's Parquet twin, batch by batch."""

import sys

import pyarrow.csv
import pyarrow.parquet

with pyarrow.csv.open_csv(sys.argv[1], read_options=pyarrow.csv.ReadOptions(block_size=1 << 27)) as reader:
    with pyarrow.parquet.ParquetWriter(sys.argv[2], reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)
