import { batchedTable, memoryEngine, type ProfileEngine, ProfilingError } from '@nomaly/data-profiling'
import { openDuckdb, openPostgres } from '@nomaly/data-profiling/node'

import type { Engines } from './open-table.ts'

/** The engines that profile tables. */
export const PROFILE_ENGINES: Engines<ProfileEngine> = {
  doing: 'profiling',
  duckdb: openDuckdb,
  postgres: openPostgres,
  memory: async (batches) => memoryEngine(await batchedTable(batches)),
  isMissing: (error) => ProfilingError.is(error) && error.code === 'profiling/missing-package',
  fault: (reason, message) => new ProfilingError(`profiling/${reason}`, message),
}
