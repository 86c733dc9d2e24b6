import { createReadStream } from 'node:fs'
import { basename, join, resolve } from 'node:path'

import type { FailedFit, KeptFit, TrackedFit } from '@nomaly/ai-anomaly-detection/cli'
import type { ExperimentTracker, ModelRegistry } from '@nomaly/ai-mlops'

/** Where runs go that name no experiment. */
export const DEFAULT_EXPERIMENT = 'detectors'
const DIGEST_LENGTH = 36 // the longest that MLflow takes

/** Keeps a fit as a run with params, metrics, data and model file, and registers the model as the next version of its name. */
export async function trackFit(
  { experiment = DEFAULT_EXPERIMENT, model, source, startedAt }: TrackedFit,
  { tracker, registry, dataPath }: { tracker: ExperimentTracker; registry: ModelRegistry; dataPath: string },
): Promise<KeptFit> {
  const { name, version, algorithm, parameters, features, threshold, seed, metrics, trainingHash } = model
  const run = await tracker.startRun({ experiment, name: `${name}@${version}` })
  let modelId: string
  try {
    run.logParams({ detector: algorithm, seed, ...parameters })
    const at = Date.now()
    run.logMetrics({ ...metrics, threshold, seconds: (at - startedAt) / 1000 }, { at })
    run.setTag('nomaly.model', `${name}@${version}`)
    if (trainingHash !== undefined) {
      const file = source === '-' ? 'stdin' : source
      const schema = JSON.stringify(features.map((feature) => ({ name: feature, type: 'double' })))
      const profile = JSON.stringify({ num_rows: metrics['rows'], num_features: features.length })
      const digest = trainingHash.slice(0, DIGEST_LENGTH)
      const where = source === '-' ? 'stdin' : resolve(source)
      await run.logDataset({ name: basename(file), digest, source: where, schema, profile }, 'training')
    }
    const path = join(dataPath, 'models', name, `${version}.json`)
    const files = { 'model.json': createReadStream(path) }
    modelId = (await run.logModel({ name, modelType: algorithm, files })).id
    await run.end()
  } catch (error) {
    await run.fail(error)
    throw error
  }
  const tags = { 'nomaly.model': `${name}@${version}`, 'nomaly.detector': algorithm }
  const registered = await registry.register({ name, modelId, tags })
  return { experiment, runId: run.id, version: `${registered.name}/${registered.version}` }
}

/** Keeps a fit that came to nothing as a run that failed, with what went wrong in the tag `nomaly.error`. */
export async function trackFailedFit(
  { experiment = DEFAULT_EXPERIMENT, name, detector, source, startedAt, error }: FailedFit,
  tracker: ExperimentTracker,
): Promise<Omit<KeptFit, 'version'>> {
  const run = await tracker.startRun({ experiment, name })
  run.logParams({ detector, source })
  run.logMetric('seconds', (Date.now() - startedAt) / 1000)
  await run.fail(error)
  return { experiment, runId: run.id }
}
