import { userInfo } from 'node:os'

import type { RunObserver } from '@nomaly/ai-mlops'
import { codeVersionObserver, packageVersionsObserver, systemMetricsObserver } from '@nomaly/ai-mlops/node'
import { ContainerModule } from 'inversify'

import { Closing } from '../closing.ts'
import type { ResolvedBasicMlopsOptions } from '../options.ts'
import { tokens } from '../tokens.ts'

/** What the process gives: time, ids, chance, and what a run keeps of where it was made. */
export const environmentModule: ContainerModule = new ContainerModule(({ bind }) => {
  bind(tokens.clock).toConstantValue(Date.now)
  bind(tokens.ids).toConstantValue(() => crypto.randomUUID())
  bind(tokens.random).toConstantValue(Math.random)
  bind(tokens.closing)
    .toResolvedValue(() => new Closing(), [])
    .inSingletonScope()
  bind(tokens.observers).toResolvedValue(observersOf, [tokens.options]).inSingletonScope()
})

function observersOf({ capture }: ResolvedBasicMlopsOptions): ReadonlyArray<RunObserver> {
  return [
    ...(capture.code || capture.changes ? [codeVersionObserver({ keepChanges: capture.changes })] : []),
    ...(capture.packages ? [packageVersionsObserver()] : []),
    ...(capture.systemMetrics ? [systemMetricsObserver()] : []),
  ]
}

/** The user of the process; '' where the system does not know one. */
export function processUser(): string {
  try {
    return userInfo().username
  } catch {
    return '' // a container may run under a number that has no name
  }
}
