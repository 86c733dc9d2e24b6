import { DuckDBInstance, version } from '@duckdb/node-api'

import { usedSoFar } from './side-run.ts'

type Query = (sql: string) => Promise<ReadonlyArray<Record<string, unknown>>>

const BINS = 20

/**
 * What somebody who knows DuckDB would write with its own functions in two queries: nulls, approximate distinct, min, max, top
 * 10 of each column, mean, standard deviation, five quantiles and a histogram of numbers, lengths of texts.
 */
export async function profileByHand(path: string): Promise<void> {
  const start = performance.now()
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const query: Query = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJS()
  const source = path.endsWith('.parquet') ? `read_parquet('${path}')` : `read_csv('${path}')`
  const columns = (await query(`DESCRIBE SELECT * FROM ${source}`)).map(
    (row) => [String(row['column_name']), String(row['column_type'])] as const,
  )
  const [main = {}] = await query(`SELECT count(*) AS n, ${columns.flatMap(aggregates).join(', ')} FROM ${source}`)
  await query(`SELECT ${columns.flatMap((column, i) => histogram(column, i, main)).join(', ')} FROM ${source}`)
  const rows = Number(main['n'])
  const check = { nulls: rows - Number(main['c2']), mean: Number(main['m3']) }
  console.log(JSON.stringify({ rows, ...usedSoFar(start), versions: { DuckDB: version() }, check }))
}

const isNumber = (type: string): boolean => /INT|DOUBLE|FLOAT|DECIMAL/.test(type)
const isTime = (type: string): boolean => /TIMESTAMP|DATE/.test(type)

function aggregates([name, type]: readonly [string, string], i: number): ReadonlyArray<string> {
  const text = isTime(type) ? '::VARCHAR' : ''
  return [
    `count("${name}") AS c${i}`,
    `min("${name}")${text} AS lo${i}`,
    `max("${name}")${text} AS hi${i}`,
    `approx_count_distinct("${name}") AS d${i}`,
    `approx_top_k("${name}", 10) AS k${i}`,
    ...(isNumber(type)
      ? [
          `avg("${name}") AS m${i}`,
          `stddev_samp("${name}") AS s${i}`,
          `approx_quantile("${name}", [0.05, 0.25, 0.5, 0.75, 0.95]) AS q${i}`,
        ]
      : []),
    ...(type === 'VARCHAR' ? [`min(length("${name}")) AS ll${i}`, `max(length("${name}")) AS lh${i}`] : []),
  ]
}

function histogram(
  [name, type]: readonly [string, string],
  i: number,
  main: Record<string, unknown>,
): ReadonlyArray<string> {
  if (!isNumber(type) && !isTime(type)) return []
  const value = isTime(type) ? `epoch("${name}")` : `"${name}"::DOUBLE`
  const [low, high] = [main[`lo${i}`], main[`hi${i}`]].map((end) => {
    const text = `${end as string | number | bigint}`
    return isTime(type) ? `epoch(TIMESTAMP '${text}')` : `(${text})::DOUBLE`
  })
  return [
    `histogram(least(${BINS - 1}, floor((${value} - ${low}) / ((${high} - ${low}) / ${BINS})))::TINYINT) AS h${i}`,
  ]
}
