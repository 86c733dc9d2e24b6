import type { Experiment } from '../../domain/experiment.ts'
import type { ModelVersion } from '../../domain/model-version.ts'
import type { Run } from '../../domain/run.ts'
import type { ShownColumn, ShownRecords } from './command-context.ts'

/** A column of texts, or of objects that read as `a=1 b=2`. */
export const text = (name: string): ShownColumn => ({ name, kind: 'text', text: textOf })
/** A column of counts. */
export const integer = (name: string): ShownColumn => ({ name, kind: 'integer' })

/** A time as people and programs read it; '' for none. */
function time(at: number | undefined): string {
  return at === undefined ? '' : new Date(at).toISOString()
}

const EXPERIMENT = ['id', 'name', 'folder', 'stage', 'created', 'updated', 'artifacts', 'tags']

/** Experiments, a line each, or one with a line a field. */
export function experimentRecords(experiments: ReadonlyArray<Experiment>, layout?: 'fields'): ShownRecords {
  return {
    columns: EXPERIMENT.map(text),
    rows: experiments.map((one) => [
      one.id,
      one.name,
      one.folder,
      one.lifecycleStage,
      time(one.createdAt),
      time(one.updatedAt),
      one.artifactLocation,
      one.tags,
    ]),
    layout,
  }
}

const RUN = ['id', 'name', 'experiment', 'status', 'stage', 'started']

/** Runs, a line each. */
export function runRecords(runs: ReadonlyArray<Run>, names: ReadonlyMap<string, string>): ShownRecords {
  return {
    columns: [...RUN.map(text), { name: 'seconds', kind: 'number' }, text('metrics'), text('params')],
    rows: runs.map((run) => [...briefOf(run, names), lastValues(run), run.params]),
  }
}

/** One run with all there is to it. */
export function runRecord(run: Run, names: ReadonlyMap<string, string>): ShownRecords {
  const more = ['user', 'artifacts', 'params', 'metrics', 'tags', 'datasets', 'models']
  const datasets = run.datasetInputs.map(({ name, digest }) => `${name}@${digest}`)
  const models = run.modelOutputs.map(({ modelId }) => modelId)
  return {
    columns: [...RUN.map(text), { name: 'seconds', kind: 'number' }, ...more.map(text)],
    rows: [
      [
        ...briefOf(run, names),
        run.userId,
        run.artifactLocation,
        run.params,
        lastValues(run),
        run.tags,
        datasets,
        models,
      ],
    ],
    layout: 'fields',
  }
}

const VERSION = ['stage', 'aliases', 'created', 'run', 'source', 'description', 'tags']

/** Versions, a line each, or one with a line a field. */
export function versionRecords(versions: ReadonlyArray<ModelVersion>, layout?: 'fields'): ShownRecords {
  return {
    columns: [text('name'), integer('version'), ...VERSION.map(text)],
    rows: versions.map((one) => [
      one.name,
      Number(one.version),
      one.stage,
      one.aliases,
      time(one.createdAt),
      one.runId ?? '',
      one.source,
      one.description,
      one.tags,
    ]),
    layout,
  }
}

function briefOf(run: Run, names: ReadonlyMap<string, string>): ReadonlyArray<unknown> {
  const { id, name, experimentId, status, lifecycleStage, startedAt, endedAt } = run
  const seconds = endedAt === undefined ? null : (endedAt - startedAt) / 1000
  return [id, name, names.get(experimentId) ?? experimentId, status, lifecycleStage, time(startedAt), seconds]
}

function lastValues({ metrics }: Run): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(metrics).map(([key, { value }]) => [key, value]))
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(' ')
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([key, one]) => `${key}=${typeof one === 'string' ? one : (JSON.stringify(one) ?? '')}`)
      .join(' ')
  if (value === null) return ''
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}
