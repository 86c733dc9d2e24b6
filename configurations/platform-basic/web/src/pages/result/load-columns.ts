import { ask } from '../../api/ask.ts'
import type { Row } from '../../api/types.ts'

/** Numbers of a data set by column, from row `start` on, each list as long as the others; what is no number is null. */
export interface Columns {
  readonly start: number
  readonly lists: ReadonlyMap<string, ReadonlyArray<number | null>>
}

const PAGE = 10_000

/** Reads columns of rows `start` to before `end`. Files are read from their beginning each time: few large pages. */
export async function loadColumns(
  dataset: string,
  names: ReadonlyArray<string>,
  { start, end, signal }: { readonly start: number; readonly end: number; readonly signal: AbortSignal },
): Promise<Columns> {
  const rows: Row[] = []
  while (start + rows.length < end) {
    const [offset, limit] = [start + rows.length, Math.min(PAGE, end - start - rows.length)]
    const path = `/api/v1/datasets/${encodeURIComponent(dataset)}/rows?offset=${offset}&limit=${limit}`
    const page = await ask<{ readonly rows: ReadonlyArray<Row> }>(path, { signal })
    if (page.rows.length === 0) break
    rows.push(...page.rows)
  }
  return { start, lists: new Map(names.map((name) => [name, rows.map((row) => numberOf(row[name]))])) }
}

const numberOf = (cell: number | string | null | undefined): number | null => (typeof cell === 'number' ? cell : null)
