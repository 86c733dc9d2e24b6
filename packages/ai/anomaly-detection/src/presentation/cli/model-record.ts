import type { ModelSummary } from '../../application/ports/model-repository.ts'
import type { OutputColumn, OutputRecords } from './command-context.ts'

const LONGEST_LIST = 100

// The known rows of a stack can be as many as those of the file; JSON output has them all.
const jsonText = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    Array.isArray(part) && part.length > LONGEST_LIST && typeof part[0] === 'object' ? `${part.length} items` : part,
  )

const BRIEF: ReadonlyArray<OutputColumn> = [
  { name: 'name', kind: 'text' },
  { name: 'version', kind: 'integer' },
  { name: 'detector', kind: 'text' },
  { name: 'threshold', kind: 'number' },
  { name: 'rows', kind: 'integer' },
  { name: 'features', kind: 'integer' },
  { name: 'anomalies', kind: 'integer' },
  { name: 'created', kind: 'text' },
]

/** One line a model. */
export function modelList(models: ReadonlyArray<ModelSummary>): OutputRecords {
  return { columns: BRIEF, rows: models.map(briefOf) }
}

/** One model with all but what it has learned. */
export function modelRecord(model: ModelSummary): OutputRecords {
  const { id, seed, parameters, features, encodings, normalization = null, metrics } = model
  const texts = ['parameters', 'columns', 'encodings', 'normalization', 'metrics'].map(
    (name) => ({ name, kind: 'text', text: jsonText }) as const,
  )
  return {
    columns: [...BRIEF, { name: 'id', kind: 'text' }, { name: 'seed', kind: 'integer' }, ...texts],
    rows: [[...briefOf(model), id, seed, parameters, features, encodings, normalization, metrics]],
    layout: 'fields',
  }
}

function briefOf({
  name,
  version,
  algorithm,
  threshold,
  metrics,
  features,
  createdAt,
}: ModelSummary): ReadonlyArray<unknown> {
  const created = new Date(createdAt).toISOString()
  return [name, version, algorithm, threshold, metrics['rows'], features.length, metrics['anomalies'], created]
}
