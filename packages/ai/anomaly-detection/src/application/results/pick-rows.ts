import { throwIfCancelled } from '../../domain/cancellation.ts'
import type { Table, TableColumn } from '../ports/table-reader.ts'

/** Some rows of a table, as a table. */
export interface PickedRows {
  readonly table: Table
  /** All rows that the table has. */
  readonly total: number
}

/**
 * Reads a table to its end and keeps some of its rows: memory grows with those alone.
 * @param wanted - lists of 0-based rows, each ascending
 * @returns for each list the rows of it that are there
 */
export async function pickRows<Lists extends ReadonlyArray<ReadonlyArray<number>>>(
  table: Table,
  wanted: Lists,
  signal?: AbortSignal,
): Promise<{ readonly [List in keyof Lists]: PickedRows }> {
  const picks = wanted.map((rows) => ({
    rows,
    next: 0,
    values: table.columns.map((): Array<number | string | null> => []),
  }))
  let start = 0
  for await (const { rows: length, columns } of table.batches) {
    throwIfCancelled(signal)
    for (const pick of picks) {
      for (; (pick.rows[pick.next] ?? Infinity) < start + length; pick.next++) {
        const at = (pick.rows[pick.next] as number) - start
        columns.forEach(({ values }, column) => pick.values[column]?.push(values[at] ?? null))
      }
    }
    start += length
  }
  const found = picks.map(({ next, values }): PickedRows => ({
    table: tableOf(table.columns, values, next),
    total: start,
  }))
  return found as { readonly [List in keyof Lists]: PickedRows } // one for each list
}

function tableOf(
  headers: Table['columns'],
  values: ReadonlyArray<ReadonlyArray<number | string | null>>,
  rows: number,
): Table {
  const columns = headers.map(({ name, kind }, at): TableColumn => {
    const given = values[at] ?? []
    if (kind === 'number')
      return { kind, name, values: Float64Array.from(given, (value) => Number(value ?? Number.NaN)) }
    return { kind, name, values: given.map((value) => (value === null ? null : String(value))) }
  })
  return {
    columns: headers,
    batches: (async function* () {
      if (rows > 0) yield { rows, columns }
    })(),
  }
}
