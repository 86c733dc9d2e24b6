import { installedEngines } from '@nomaly/data-profiling/node'

import type { PartReport } from './part-report.ts'

/** What `profile` has to work with. */
export function profileReports(): ReadonlyArray<PartReport> {
  const { duckdb, pg } = installedEngines()
  return [
    duckdb === undefined
      ? {
          part: '@duckdb/node-api',
          state: 'off',
          detail: 'not installed: files are profiled in memory',
          mend: 'npm install @duckdb/node-api, beside nomaly',
        }
      : { part: '@duckdb/node-api', state: 'on', detail: `${duckdb} profiles files of any size` },
    pg === undefined
      ? {
          part: 'pg',
          state: 'off',
          detail: 'not installed: tables of Postgres cannot be profiled',
          mend: 'npm install pg, beside nomaly',
        }
      : { part: 'pg', state: 'on', detail: `${pg} profiles tables of Postgres` },
  ]
}
