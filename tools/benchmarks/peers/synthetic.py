"""The benchmark data, bit for bit the same as src/speed/synthetic-data.ts; the definition stands there."""

import numpy as np

CHUNK = 1 << 18  # values at a time: the temporary arrays stay small


def synthetic_data(rows, columns, seed):
    """A float64 matrix of shape (rows, columns) and its labels of shape (rows): 1 is an anomaly."""
    base = np.uint32((seed * 0x9E3779B9) & 0xFFFFFFFF)
    values = np.empty(rows * columns, dtype=np.float64)
    for start in range(0, rows * columns, CHUNK):
        index = np.arange(start, min(start + CHUNK, rows * columns), dtype=np.uint64)
        key = (index * np.uint64(12)).astype(np.uint32) + base
        first = _mixed(key)
        total = first.astype(np.float64)
        for term in range(1, 12):
            total += _mixed(key + np.uint32(term))
        chunk = total / 2**32 - 6
        anomalous = index // np.uint64(columns) % np.uint64(100) == 99
        chunk[anomalous] = first[anomalous] / 2**32 * 16 - 8
        values[start : start + len(index)] = chunk
    labels = (np.arange(rows) % 100 == 99).astype(np.uint8)
    return values.reshape(rows, columns), labels


def _mixed(key):
    key = key ^ (key >> np.uint32(16))
    key *= np.uint32(0x85EBCA6B)
    key ^= key >> np.uint32(13)
    key *= np.uint32(0xC2B2AE35)
    return key ^ (key >> np.uint32(16))
