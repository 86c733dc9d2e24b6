import { DuckDBInstance, version } from '@duckdb/node-api'

import { usedSoFar } from '../profile/side-run.ts'
import { THIRTY_CHECKS } from './suite.ts'

/** The same checks as one hand-written query, and with `rows` 20 bad rows of each check that fails. */
export async function checkByHand(path: string, withRows: boolean): Promise<void> {
  const start = performance.now()
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const source = path.endsWith('.parquet') ? `read_parquet('${path}')` : `read_csv('${path}')`
  const select = THIRTY_CHECKS.map(({ bad }, i) => `count(*) FILTER (WHERE ${bad}) AS b${i}`).join(', ')
  const [found = {}] = (
    await connection.runAndReadAll(`SELECT count(*) AS n, ${select} FROM ${source}`)
  ).getRowObjectsJS()
  const bad = THIRTY_CHECKS.map((_, i) => Number(found[`b${i}`]))
  if (withRows) {
    for (const [i, check] of THIRTY_CHECKS.entries()) {
      if ((bad[i] ?? 0) > 0) await connection.runAndReadAll(`SELECT id FROM ${source} WHERE ${check.bad} LIMIT 20`)
    }
  }
  console.log(JSON.stringify({ rows: Number(found['n']), ...usedSoFar(start), versions: { DuckDB: version() }, bad }))
}
