import type { Table, TableBatch, TableColumn } from '../ports/table-reader.ts'

/** Reads rows of a table from its beginning to its end; each is asked for once, in order. */
export class ForwardRows {
  readonly #table: Table
  readonly #batches: AsyncIterator<TableBatch>
  #batch: TableBatch | undefined
  #start = 0

  constructor(table: Table) {
    this.#table = table
    this.#batches = table.batches[Symbol.asyncIterator]()
  }

  get columns(): Table['columns'] {
    return this.#table.columns
  }

  /** @param rows - 0-based, ascending, all above those of earlier calls @throws Error where the table ends before them */
  async take(rows: ReadonlyArray<number>): Promise<ReadonlyArray<TableColumn>> {
    const taken = this.columns.map(({ kind }) =>
      kind === 'number' ? new Float64Array(rows.length) : textsOf(rows.length),
    )
    for (let at = 0; at < rows.length;) {
      const batch = await this.#batchWith(rows[at] as number)
      const end = endWithin(rows, at, this.#start + batch.rows)
      batch.columns.forEach(({ values }, column) => {
        const target = taken[column]
        if (target === undefined) return
        for (let i = at; i < end; i++) target[i] = values[(rows[i] as number) - this.#start] ?? null
      })
      at = end
    }
    return this.columns.map(({ name, kind }, column) => ({ name, kind, values: taken[column] }) as TableColumn) // made by kind above
  }

  /** Closes the table where it was not read to its end. */
  async close(): Promise<void> {
    await this.#batches.return?.()
    await this.#table.close?.() // where no batch was asked for, nothing was told to end
  }

  async #batchWith(row: number): Promise<TableBatch> {
    while (this.#batch === undefined || row >= this.#start + this.#batch.rows) {
      this.#start += this.#batch?.rows ?? 0
      const next = await this.#batches.next()
      if (next.done === true) throw new Error(`the data set ends before row ${row}`)
      this.#batch = next.value
    }
    return this.#batch
  }
}

const textsOf = (length: number): Array<string | number | null> => Array.from({ length }, () => null)

function endWithin(rows: ReadonlyArray<number>, from: number, limit: number): number {
  let end = from
  while (end < rows.length && (rows[end] as number) < limit) end++
  return end
}
