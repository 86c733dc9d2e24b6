import type { ModelVersion } from '../../domain/model-version.ts'
import type { LoggedValue } from '../gates/gate.ts'
import type { ModelRegistryDeps } from './registry-deps.ts'

/** The last value of a version's metric: of its logged model where that has one, else of its run. */
export async function loggedValue(
  { runs, loggedModels }: Pick<ModelRegistryDeps, 'runs' | 'loggedModels'>,
  { modelId, runId }: ModelVersion,
  key: string,
): Promise<LoggedValue | undefined> {
  const model = modelId === undefined ? undefined : await loggedModels.find(modelId)
  const points = model?.metrics.filter((point) => point.key === key) ?? []
  const last = points.reduce<(typeof points)[number] | undefined>(
    (a, b) => (a !== undefined && (a.at > b.at || (a.at === b.at && a.step > b.step)) ? a : b),
    undefined,
  )
  if (last !== undefined && modelId !== undefined)
    return { value: last.value, step: last.step, at: last.at, modelId, runId: last.runId }
  const run = runId === undefined ? undefined : await runs.find(runId)
  const metrics = run?.metrics ?? {}
  const summary = Object.hasOwn(metrics, key) ? metrics[key] : undefined
  if (summary === undefined || runId === undefined) return undefined
  return { value: summary.value, step: summary.step, at: summary.at, runId }
}
