import { BatchBuilder } from '../domain/batch-builder.ts'
import { missingTokens } from '../domain/cell.ts'
import { columnKind } from '../domain/column-kind.ts'
import { selectColumns } from '../domain/column-selection.ts'
import { errorAt } from '../domain/place.ts'
import type { RowBlock, RowSource } from '../domain/row-source.ts'
import type { Table, TableBatch, TableSource } from '../domain/table.ts'
import { throwIfCancelled } from './cancellation.ts'
import type { ParsedFileTablesOptions } from './file-tables-options.ts'

/**
 * Makes a table of rows: decides each column's kind from the first rows, then converts all of them batch by batch.
 * @param close - releases the file; called when the batches end, in whatever way
 * @throws FilesError `files/unknown-column`, `files/no-rows`, `files/cancelled` and what the rows' reader throws.
 */
export async function assembleTable(
  source: TableSource,
  rows: RowSource,
  options: ParsedFileTablesOptions,
  close: () => Promise<void>,
): Promise<Table> {
  const { path, signal } = source
  const selected = selectColumns(path, rows.names, source.columns)
  const blocks = rows.blocks[Symbol.asyncIterator]()
  const sample = await takeSample(blocks, options.sampleRows, () => throwIfCancelled(path, signal))
  if (sample.length === 0) {
    throw errorAt('files/no-rows', { path }, 'there are column names and not a single row of values')
  }
  const missing = missingTokens(options.missing)
  const columns = selected.map((index) => ({
    name: rows.names[index] ?? '',
    kind: columnKind(sample, options.sampleRows, index, missing),
    index,
  }))
  const builder = new BatchBuilder({ path, columns, numbering: rows.numbering, missing, batchRows: options.batchRows })
  return {
    columns: columns.map(({ name, kind }) => ({ name, kind })),
    batches: readOnce(path, () => batchesOf(builder, sample, blocks, source, close)),
    close,
  }
}

/** An iterable that gives its items once. @throws FilesError `files/already-read` at the second reading. */
export function readOnce(path: string, start: () => AsyncIterator<TableBatch>): AsyncIterable<TableBatch> {
  let started = false
  return {
    [Symbol.asyncIterator]: () => {
      if (started) throw errorAt('files/already-read', { path }, 'the batches can be read once; open the table again')
      started = true
      return start()
    },
  }
}

async function takeSample(
  blocks: AsyncIterator<RowBlock>,
  sampleRows: number,
  check: () => void,
): Promise<ReadonlyArray<RowBlock>> {
  const sample: Array<RowBlock> = []
  for (let rows = 0; rows < sampleRows;) {
    check()
    const next = await blocks.next()
    if (next.done === true) break
    rows += next.value.rows.length
    if (next.value.rows.length > 0) sample.push(next.value)
  }
  return sample
}

async function* batchesOf(
  builder: BatchBuilder,
  sample: ReadonlyArray<RowBlock>,
  blocks: AsyncIterator<RowBlock>,
  { path, signal }: TableSource,
  close: () => Promise<void>,
): AsyncGenerator<TableBatch, void, undefined> {
  try {
    for (const block of sample) {
      for (const batch of builder.add(block)) {
        throwIfCancelled(path, signal)
        yield batch
      }
    }
    for (;;) {
      throwIfCancelled(path, signal)
      const next = await blocks.next()
      if (next.done === true) break
      for (const batch of builder.add(next.value)) {
        throwIfCancelled(path, signal)
        yield batch
      }
    }
    const last = builder.finish()
    if (last !== undefined) yield last
  } finally {
    await close()
  }
}
