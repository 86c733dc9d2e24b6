import { createWorkerThreads, type WorkerThreads } from '@nomaly/ai-anomaly-detection/node'
import { ContainerModule } from 'inversify'

import { tokens } from '../tokens.ts'

/** The threads that long work is shared among; none starts before there is such work. */
export const threadsModule: ContainerModule = new ContainerModule(({ bind }) => {
  const made = new Set<WorkerThreads>()
  bind(tokens.pool)
    .toResolvedValue(
      ({ threads }) => {
        const pool = createWorkerThreads({ threads })
        made.add(pool)
        return pool
      },
      [tokens.options],
    )
    .inSingletonScope()
    .onDeactivation(async () => {
      for (const pool of made) await pool.close()
    })
})
