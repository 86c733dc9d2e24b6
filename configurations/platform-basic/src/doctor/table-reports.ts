import { installedEngines } from '@nomaly/data-profiling/node'

import type { PartReport } from './part-report.ts'

/** What `profile`, `suggest` and `check` have to work with. */
export function tableReports(): ReadonlyArray<PartReport> {
  const { duckdb, pg } = installedEngines()
  return [
    duckdb === undefined
      ? {
          part: '@duckdb/node-api',
          state: 'off',
          detail: 'not installed: files are profiled and checked in memory',
          mend: 'npm install @duckdb/node-api, beside nomaly',
        }
      : { part: '@duckdb/node-api', state: 'on', detail: `${duckdb} profiles and checks files of any size` },
    pg === undefined
      ? {
          part: 'pg',
          state: 'off',
          detail: 'not installed: tables of Postgres can be neither profiled nor checked',
          mend: 'npm install pg, beside nomaly',
        }
      : { part: 'pg', state: 'on', detail: `${pg} profiles and checks tables of Postgres` },
  ]
}
