import { DuckDBInstance } from '@duckdb/node-api'

/** Turns a CSV file into Parquet. */
export async function writeParquetTwin(csv: string, parquet: string): Promise<void> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run(`COPY (SELECT * FROM read_csv('${csv}')) TO '${parquet}' (FORMAT parquet, COMPRESSION snappy)`)
}

/** Writes a Parquet file of 100 columns: 40 of measurements, 30 of whole numbers, 20 of texts, 10 of times; nulls in half. */
export async function writeWide(path: string, rows: number): Promise<void> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const mixed = (i: number): string => `(hash(r * 100 + ${i}) % 1000000)`
  const columns = Array.from({ length: 100 }, (_, i) => {
    const value =
      i < 40
        ? `ln(1 + ${mixed(i)}::DOUBLE)`
        : i < 70
          ? `(${mixed(i)} % ${10 ** (1 + (i % 6))})::INTEGER`
          : i < 90
            ? `'text ' || (${mixed(i)} % ${10 ** (1 + (i % 5))})`
            : `TIMESTAMP '2026-01-01' + to_seconds(${mixed(i)}::BIGINT)`
    return `${i % 2 === 0 ? value : `CASE WHEN ${mixed(i + 1000)} < 50000 THEN NULL ELSE ${value} END`} AS c${i}`
  })
  await connection.run(`COPY (SELECT ${columns.join(', ')} FROM range(${rows}) AS t(r)) TO '${path}' (FORMAT parquet)`)
}
