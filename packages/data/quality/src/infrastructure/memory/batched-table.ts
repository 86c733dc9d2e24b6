import { isTime } from '../../domain/cell.ts'
import type { MemoryTable } from './memory-table.ts'
import { columnOf } from './records-table.ts'

/** Consecutive rows, column by column; missing numbers are NaN, missing texts null. */
export interface ColumnBatch {
  readonly rows: number
  readonly columns: ReadonlyArray<{ readonly name: string; readonly values: ArrayLike<number | string | null> }>
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?$/

/**
 * A table from batches of columns, such as `@nomaly/integration-files` reads, held in memory whole. Columns of numbers are whole
 * numbers where all of them are; texts that are all ISO 8601 days, or all times, are times (UTC where no zone is given).
 */
export async function batchedTable(batches: AsyncIterable<ColumnBatch> | Iterable<ColumnBatch>): Promise<MemoryTable> {
  const columns = new Map<string, Array<number | string | null>>()
  let rows = 0
  for await (const batch of batches) {
    for (const { name, values } of batch.columns) {
      const kept = columns.get(name) ?? Array.from({ length: rows }, () => null)
      for (let i = 0; i < batch.rows; i++) {
        const value = values[i] ?? null
        kept.push(typeof value === 'number' && Number.isNaN(value) ? null : value)
      }
      columns.set(name, kept)
    }
    rows += batch.rows
    // A column that this batch does not have.
    for (const kept of columns.values()) while (kept.length < rows) kept.push(null)
  }
  return { rows, columns: [...columns].map(([name, values]) => timed(name, values)) }
}

function timed(name: string, values: ReadonlyArray<number | string | null>): MemoryTable['columns'][number] {
  for (const [pattern, kind] of [
    [DAY, 'date'],
    [TIME, 'timestamp'],
  ] as const) {
    const cells = values.map((value) => (value === null ? null : microsecondsOf(value, pattern)))
    const isAny = values.some((value) => value !== null)
    if (isAny && isTime(kind) && !cells.includes(undefined)) {
      return { name, kind, physicalType: kind, values: cells.map((cell) => cell ?? null) }
    }
  }
  return columnOf(name, values)
}

// A zone is UTC where none is given; what Date rolls over, such as 31 February, is no time.
function microsecondsOf(value: number | string, pattern: RegExp): number | undefined {
  if (typeof value !== 'string' || !pattern.test(value)) return undefined
  const [, fraction = ''] = /\.(\d{1,6})/.exec(value) ?? []
  const whole = value.replace(/\.\d{1,6}/, '').replace(' ', 'T')
  const at = Date.parse(/T/.test(whole) && !/(Z|[+-]\d{2}:?\d{2})$/.test(whole) ? `${whole}Z` : whole)
  const day = Date.parse(value.slice(0, 10))
  if (Number.isNaN(at) || Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== value.slice(0, 10))
    return undefined
  const micros = at * 1000 + Number(fraction.padEnd(6, '0'))
  return Number.isSafeInteger(micros) ? micros : undefined
}
