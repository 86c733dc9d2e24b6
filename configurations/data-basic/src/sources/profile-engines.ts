import {
  arrowTable,
  batchedTable,
  memoryEngine,
  type ProfileEngine,
  ProfilingError,
  recordsTable,
} from '@nomaly/data-profiling'
import { openDuckdb, openPostgres } from '@nomaly/data-profiling/node'

import type { Engines } from './open-source.ts'

/** The engines that profile tables. */
export const PROFILE_ENGINES: Engines<ProfileEngine> = {
  duckdb: openDuckdb,
  postgres: openPostgres,
  batches: async (batches) => memoryEngine(await batchedTable(batches)),
  records: (rows) => memoryEngine(recordsTable(rows)),
  arrow: (table) => memoryEngine(arrowTable(table)),
  isMissing: (error) => ProfilingError.is(error) && error.code === 'profiling/missing-package',
}
