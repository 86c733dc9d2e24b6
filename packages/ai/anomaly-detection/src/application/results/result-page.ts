import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { Feedback } from '../../domain/results/feedback.ts'
import type { KeptResult } from '../ports/result-store.ts'
import { anomalyTest, type RowFilter, type ScoredRow } from './row-filter.ts'
import { type RowSort, walkRows } from './walk-rows.ts'

/** A row of a result as it is told. */
export interface ResultRow {
  /** 0-based, of the data set. */
  readonly row: number
  /** Null for a row without a score. */
  readonly score: number | null
  readonly anomaly: boolean
  /** Of a series: epoch milliseconds, key and value, and what was expected. */
  readonly time?: number | undefined
  readonly key?: string | undefined
  readonly value?: number | undefined
  readonly expected?: number | undefined
  readonly lower?: number | undefined
  readonly upper?: number | undefined
  readonly feedback?: Omit<Feedback, 'row'> | undefined
}

/** What a page is asked with. */
export interface PageRequest {
  readonly filter: RowFilter
  readonly sort: RowSort
  readonly limit: number
  readonly cursor?: string | undefined
}

/** A page of rows; `next` asks for the one after it. */
export interface ResultPage {
  readonly rows: ReadonlyArray<ResultRow>
  readonly next: string | undefined
}

/** Rows of a kept result. @throws AnomalyDetectionError `invalid-cursor` */
export async function resultPage(
  kept: KeptResult,
  feedback: ReadonlyMap<number, Feedback>,
  { filter, sort, limit, cursor }: PageRequest,
): Promise<ResultPage> {
  const after = cursor === undefined ? undefined : rowOfCursor(cursor, sort, kept.info.rows)
  const chosen: ScoredRow[] = []
  for await (const some of walkRows({ kept, filter, sort, after, feedback, chunk: limit + 1 })) {
    for (const one of some) if (chosen.length <= limit) chosen.push(one) // one more tells that there is more
    if (chosen.length > limit) break
  }
  const shown = chosen.slice(0, limit)
  const last = shown.at(-1)
  const hasMore = chosen.length > limit && last !== undefined
  return { rows: await describeRows(kept, feedback, shown), next: hasMore ? `${sort}-${last.row}` : undefined }
}

// All that is known of rows.
async function describeRows(
  { info, pick }: KeptResult,
  feedback: ReadonlyMap<number, Feedback>,
  chosen: ReadonlyArray<Pick<ScoredRow, 'row' | 'score'>>,
): Promise<ReadonlyArray<ResultRow>> {
  const rows = chosen.map(({ row }) => row)
  const isAnomaly = anomalyTest(info)
  const { series } = info
  const ofSeries = (['time', 'value', 'entity'] as const).filter(() => series !== undefined)
  const ofBands = (['expected', 'lower', 'upper'] as const).filter(() => info.bands)
  const names = [...ofSeries, ...ofBands]
  const columns = await Promise.all(names.map((name) => pick(name, rows)))
  return chosen.map(({ row, score }, at) => {
    const found = Object.fromEntries(names.map((name, column) => [name, columns[column]?.[at] ?? Number.NaN]))
    const { entity = Number.NaN, ...numbers } = found
    const known = Object.fromEntries(Object.entries(numbers).filter(([, value]) => !Number.isNaN(value)))
    const key = series?.entities[entity]?.key ?? undefined
    const said = feedback.get(row)
    return {
      row,
      score: Number.isNaN(score) ? null : score,
      anomaly: isAnomaly({ score, entity }),
      ...known,
      ...(key !== undefined && { key }),
      ...(said && { feedback: withoutRow(said) }),
    }
  })
}

const withoutRow = ({ verdict, note, at }: Feedback): Omit<Feedback, 'row'> => ({
  verdict,
  ...(note !== undefined && { note }),
  at,
})

function rowOfCursor(cursor: string, sort: RowSort, rows: number): number {
  const [, order, digits] = /^(row|score)-(\d{1,10})$/.exec(cursor) ?? []
  const row = Number(digits)
  if (order === sort && row < rows) return row
  const message =
    order === undefined || order === sort
      ? 'it is no cursor of this result: take "next" of a page'
      : `it goes on with rows by ${order}, and they are asked for by ${sort}`
  const details = { issues: [{ path: 'cursor', message }] }
  throw new AnomalyDetectionError('anomaly-detection/invalid-cursor', `cursor: ${message}`, details)
}
