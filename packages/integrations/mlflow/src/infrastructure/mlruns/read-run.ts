import { existsSync } from 'node:fs'
import { join } from 'node:path'

import type { DatasetInput, ModelInput, ModelOutput } from '../../domain/dataset-input.ts'
import type { MetricSummary } from '../../domain/metric.ts'
import type { Run, RunStatus } from '../../domain/run.ts'
import { metricFile } from './metric-file.ts'
import { foldersIn, keyedFiles, keyedTexts, numberOf, readMeta, textOf } from './read-meta.ts'

const STATUSES: ReadonlyArray<RunStatus> = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED']

/** A run of an experiment's folder. @throws MlflowError `mlflow/unsupported-format` */
export async function readRun(experimentFolder: string, id: string): Promise<Run> {
  const folder = join(experimentFolder, id)
  const meta = await readMeta(folder)
  const [tags, params] = [await keyedTexts(join(folder, 'tags')), await keyedTexts(join(folder, 'params'))]
  const endedAt = numberOf(meta, 'end_time')
  return {
    id: textOf(meta, 'run_id', textOf(meta, 'run_uuid', id)),
    experimentId: textOf(meta, 'experiment_id'),
    name: textOf(meta, 'run_name', tags['mlflow.runName'] ?? ''),
    userId: textOf(meta, 'user_id'),
    status: STATUSES[(numberOf(meta, 'status') ?? 1) - 1] ?? 'FINISHED',
    startedAt: numberOf(meta, 'start_time') ?? 0,
    ...(endedAt === undefined ? {} : { endedAt }),
    lifecycleStage: textOf(meta, 'lifecycle_stage') === 'deleted' ? 'deleted' : 'active',
    artifactLocation: locationOf(textOf(meta, 'artifact_uri'), join(folder, 'artifacts')),
    params,
    metrics: await summaries(join(folder, 'metrics')),
    tags,
    ...(await linksOf(experimentFolder, folder)),
  }
}

/** Where a folder's artifacts are: beside it, wherever the folder has been moved to, else where it says. */
export function locationOf(said: string, beside: string): string {
  return existsSync(beside) ? beside : said
}

async function summaries(folder: string): Promise<Readonly<Record<string, MetricSummary>>> {
  const found: Array<readonly [string, MetricSummary]> = []
  for (const key of await keyedFiles(folder)) {
    let last: MetricSummary | undefined
    let count = 0
    for await (const points of metricFile(join(folder, key), key)) {
      count += points.length
      for (const { value, step, at } of points) {
        if (last === undefined || step > last.step || (step === last.step && at >= last.at)) last = { value, step, at }
      }
    }
    if (last !== undefined) found.push([key, { ...last, count }])
  }
  return Object.fromEntries(found)
}

interface Links {
  readonly datasetInputs: ReadonlyArray<DatasetInput>
  readonly modelInputs: ReadonlyArray<ModelInput>
  readonly modelOutputs: ReadonlyArray<ModelOutput>
}

async function linksOf(experimentFolder: string, folder: string): Promise<Links> {
  const datasetInputs: DatasetInput[] = []
  const modelInputs: ModelInput[] = []
  const modelOutputs: ModelOutput[] = []
  for (const name of await foldersIn(join(folder, 'inputs'))) {
    const meta = await readMeta(join(folder, 'inputs', name))
    const id = textOf(meta, 'source_id')
    if (textOf(meta, 'source_type') === 'DATASET') {
      datasetInputs.push({ ...(await readDataset(join(experimentFolder, 'datasets', id))), tags: tagsOf(meta['tags']) })
    } else modelInputs.push({ modelId: textOf(meta, 'destination_id', id) })
  }
  for (const name of await foldersIn(join(folder, 'outputs'))) {
    const meta = await readMeta(join(folder, 'outputs', name))
    modelOutputs.push({ modelId: textOf(meta, 'destination_id'), step: numberOf(meta, 'step') ?? 0 })
  }
  return { datasetInputs, modelInputs, modelOutputs }
}

async function readDataset(folder: string): Promise<Omit<DatasetInput, 'tags'>> {
  const meta = await readMeta(folder)
  const [schema, profile] = [textOf(meta, 'schema'), textOf(meta, 'profile')]
  return {
    name: textOf(meta, 'name'),
    digest: textOf(meta, 'digest'),
    sourceType: textOf(meta, 'source_type'),
    source: textOf(meta, 'source'),
    ...(schema === '' ? {} : { schema }),
    ...(profile === '' ? {} : { profile }),
  }
}

function tagsOf(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text ?? '')]))
}
