import { throwIfCancelled } from '../../domain/cancellation.ts'
import type { Feedback } from '../../domain/results/feedback.ts'
import type { KeptResult } from '../ports/result-store.ts'
import type { Table, TableColumn } from '../ports/table-reader.ts'
import { ForwardRows } from './forward-rows.ts'
import { anomalyTest, type RowFilter, type ScoredRow } from './row-filter.ts'
import { walkRows } from './walk-rows.ts'

/** A column of a download. */
export interface DownloadColumn {
  readonly name: string
  readonly kind: TableColumn['kind'] | 'integer' | 'boolean'
}

/** Rows of a result with the values that they have in the data set. */
export interface Download {
  readonly columns: ReadonlyArray<DownloadColumn>
  /** Values by column; NaN or null where there is none. Memory does not grow with the rows. */
  readonly batches: AsyncIterable<{ readonly rows: number; readonly values: ReadonlyArray<DownloadValues> }>
}

/** The values of a column in some rows. */
export type DownloadValues = Float64Array | Int32Array | ReadonlyArray<number | string | boolean | null>

/** What is downloaded. */
export interface DownloadSource {
  readonly kept: KeptResult
  readonly filter: RowFilter
  readonly feedback: ReadonlyMap<number, Feedback>
  /** The data set; undefined where it is not kept any more. */
  readonly table: Table | undefined
  readonly signal?: AbortSignal | undefined
}

const OF_SERIES = ['time', 'value'] as const
const OF_BANDS = ['expected', 'lower', 'upper'] as const

/** The rows that are wanted, in the order of the data set. What is ours is called `nomaly_...` where the data set has such a name. */
export function resultDownload(source: DownloadSource): Download {
  const { kept, table } = source
  const { info } = kept
  const data = table === undefined ? undefined : new ForwardRows(table)
  const isAlone = data === undefined && info.series !== undefined
  const names = [...(isAlone ? OF_SERIES : []), ...(info.bands ? OF_BANDS : [])]
  const ours: ReadonlyArray<DownloadColumn> = [
    { name: 'score', kind: 'number' },
    { name: 'anomaly', kind: 'boolean' },
    ...names.map((name) => ({ name, kind: 'number' }) as const),
    ...(isAlone ? [{ name: 'key', kind: 'text' } as const] : []),
    { name: 'verdict', kind: 'text' },
  ]
  const taken = new Set(table?.columns.map(({ name }) => name))
  const named = ({ name, kind }: DownloadColumn): DownloadColumn => ({ name: freeName(name, taken), kind })
  return {
    columns: [named({ name: 'row', kind: 'integer' }), ...(table?.columns ?? []), ...ours.map(named)],
    batches: batchesOf({ ...source, data, names, isAlone }),
  }
}

interface Walk extends DownloadSource {
  readonly data: ForwardRows | undefined
  readonly names: ReadonlyArray<(typeof OF_SERIES)[number] | (typeof OF_BANDS)[number]>
  readonly isAlone: boolean
}

async function* batchesOf({ kept, filter, feedback, data, names, isAlone, signal }: Walk): Download['batches'] {
  const isAnomaly = anomalyTest(kept.info)
  const entities = kept.info.series?.entities
  try {
    for await (const chosen of walkRows({ kept, filter, sort: 'row', feedback })) {
      throwIfCancelled(signal)
      if (chosen.length === 0) continue
      const rows = chosen.map(({ row }) => row)
      const own = (await data?.take(rows)) ?? []
      const entity = entities === undefined ? undefined : await kept.pick('entity', rows)
      const extras = await Promise.all(names.map((name) => kept.pick(name, rows)))
      const keys = (): DownloadValues => rows.map((_, at) => entities?.[entity?.[at] ?? -1]?.key ?? null)
      const isTold = ({ score }: ScoredRow, at: number): boolean =>
        isAnomaly({ score, entity: entity?.[at] ?? Number.NaN })
      yield {
        rows: rows.length,
        values: [
          Int32Array.from(rows),
          ...own.map(({ values }) => values),
          Float64Array.from(chosen, ({ score }) => score),
          chosen.map(isTold),
          ...extras,
          ...(isAlone ? [keys()] : []),
          rows.map((row) => feedback.get(row)?.verdict ?? null),
        ],
      }
    }
  } finally {
    await data?.close()
  }
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name
  while (taken.has(free)) free = `nomaly_${free}`
  return free
}
