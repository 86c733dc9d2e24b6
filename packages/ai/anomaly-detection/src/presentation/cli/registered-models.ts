import type { ModelSummary } from '../../application/ports/model-repository.ts'
import type { OutputColumn, OutputRecords } from './command-context.ts'
import { modelList, modelRecord } from './model-record.ts'
import type { RegisteredVersion } from './registered-version.ts'

const pairText = (value: unknown): string =>
  Object.entries(value ?? {})
    .map(([key, one]) => `${key}=${String(one)}`)
    .join(' ')
const wordsText = (value: unknown): string => (Array.isArray(value) ? value.join(' ') : '')
const SHARED: ReadonlyArray<OutputColumn> = [
  { name: 'name', kind: 'text' },
  { name: 'version', kind: 'integer' },
  { name: 'created', kind: 'text' },
]
const REGISTERED: ReadonlyArray<OutputColumn> = [
  { name: 'kind', kind: 'text' },
  { name: 'stage', kind: 'text' },
  { name: 'aliases', kind: 'text', text: wordsText },
  { name: 'tags', kind: 'text', text: pairText },
]
const DETAILS: ReadonlyArray<OutputColumn> = [
  { name: 'description', kind: 'text' },
  { name: 'source', kind: 'text' },
  { name: 'model_tags', kind: 'text', text: pairText },
]

/** A line a version: kept detectors, then what is registered. */
export function allModels(
  kept: ReadonlyArray<ModelSummary>,
  registered: ReadonlyArray<RegisteredVersion>,
): OutputRecords {
  const columns = [...SHARED, ...REGISTERED]
  return joined(ofKind(modelList(kept)), { columns, rows: registered.map(briefOf) })
}

/** What there is under one name, all of it, a line a field. */
export function oneModel(kept: ModelSummary | undefined, registered: ReadonlyArray<RegisteredVersion>): OutputRecords {
  const rows = registered.map((one) => [...briefOf(one), one.description, one.source, one.modelTags])
  const versions: OutputRecords = { columns: [...SHARED, ...REGISTERED, ...DETAILS], rows, layout: 'fields' }
  if (kept === undefined) return versions
  const detector = ofKind(modelRecord(kept))
  return rows.length === 0 ? detector : joined(detector, versions)
}

function briefOf({ name, version, createdAt, stage, aliases, tags }: RegisteredVersion): ReadonlyArray<unknown> {
  return [name, version, new Date(createdAt).toISOString(), 'registered', stage, aliases, tags]
}

function ofKind({ columns, rows, layout }: OutputRecords): OutputRecords {
  const kind: OutputColumn = { name: 'kind', kind: 'text' }
  return { columns: [...columns, kind], rows: Array.from(rows, (row) => [...row, 'detector']), layout }
}

/** Records of both, with the columns of both; what one has not is empty. */
function joined(first: OutputRecords, second: OutputRecords): OutputRecords {
  const known = new Set(first.columns.map(({ name }) => name))
  const columns = [...first.columns, ...second.columns.filter(({ name }) => !known.has(name))]
  const rows = [first, second].flatMap((records) => {
    const places = columns.map(({ name }) => records.columns.findIndex((column) => column.name === name))
    return Array.from(records.rows, (row) => places.map((place) => (place < 0 ? null : row[place])))
  })
  return { columns, rows, layout: first.layout }
}
