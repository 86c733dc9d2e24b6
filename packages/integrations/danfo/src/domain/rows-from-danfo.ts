import type { Value } from './column.ts'
import { columnsFromDanfo, type FromDanfoOptions } from './columns-from-danfo.ts'
import type { DanfoFrameLike } from './frame-like.ts'

/**
 * A frame as records, one a row. The index of the frame is left behind.
 * @throws DanfoError as `columnsFromDanfo`
 */
export function rowsFromDanfo(
  frame: DanfoFrameLike,
  options: FromDanfoOptions = {},
): ReadonlyArray<Readonly<Record<string, Value>>> {
  const columns = columnsFromDanfo(frame, options)
  const length = columns[0]?.values.length ?? 0
  // fromEntries defines members: a column named __proto__ is one like any other.
  return Array.from({ length }, (_, row) =>
    Object.fromEntries(columns.map(({ name, values }) => [name, values[row] ?? null])),
  )
}
