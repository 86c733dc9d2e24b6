/** How rows are cut into windows. */
export type WindowPolicy =
  /** So many parts of near equal size of each batch of rows. `count` >= 1. */
  | { readonly by: 'count'; readonly count: number }
  /** Parts of exactly `size` >= 1 rows; the rest of the rows waits for more. */
  | { readonly by: 'size'; readonly size: number }
  /** Parts of `periodMs` > 0, counted from epoch 0; the newest period waits for a row of a later one. */
  | { readonly by: 'period'; readonly periodMs: number }

/** Rows that are looked at together. */
export interface Window {
  /** The first instant of the period as ISO 8601, or the numbers of the first and last row. */
  readonly key: string
  /** Indices of the rows, at least one, in their order. */
  readonly rows: ReadonlyArray<number>
  /** Whether no further row can belong to it, as far as the rows in hand tell. */
  readonly isComplete: boolean
}

/**
 * Cuts rows into windows, earliest first.
 * @param times - epoch milliseconds of each row; only a policy by period looks at them
 */
export function cutIntoWindows(rowCount: number, policy: WindowPolicy, times: ArrayLike<number> = []): Window[] {
  if (policy.by === 'period') return periodsOf(rowCount, policy.periodMs, times)
  const windows: Window[] = []
  const parts = policy.by === 'count' ? Math.min(policy.count, rowCount) : Math.ceil(rowCount / policy.size)
  for (let part = 0; part < parts; part++) {
    const from = policy.by === 'count' ? Math.floor((part * rowCount) / parts) : part * policy.size
    const until = policy.by === 'count' ? Math.floor(((part + 1) * rowCount) / parts) : from + policy.size
    windows.push(rangeOf(from, Math.min(until, rowCount), until <= rowCount))
  }
  return windows
}

function rangeOf(from: number, until: number, isComplete: boolean): Window {
  const rows = Array.from({ length: until - from }, (_, i) => from + i)
  return { key: `${from}-${until - 1}`, rows, isComplete }
}

function periodsOf(rowCount: number, periodMs: number, times: ArrayLike<number>): Window[] {
  const periods = new Map<number, number[]>()
  for (let row = 0; row < rowCount; row++) {
    const period = Math.floor((times[row] as number) / periodMs)
    const rows = periods.get(period)
    if (rows === undefined) periods.set(period, [row])
    else rows.push(row)
  }
  const ordered = [...periods].sort(([a], [b]) => a - b)
  return ordered.map(([period, rows], i) => ({
    key: new Date(period * periodMs).toISOString(),
    rows,
    isComplete: i < ordered.length - 1,
  }))
}
