import { BatchBuilder, tableBatch } from '../domain/batch-builder.ts'
import type { BuiltBatch } from '../domain/batch-builder.ts'
import type { BatchLayout } from '../domain/batch-layout.ts'
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
  const layout = { path, columns, numbering: rows.numbering, missing, batchRows: options.batchRows }
  const read = { layout, sample, blocks, rest: rows.rest, signal }
  return {
    columns: columns.map(({ name, kind }) => ({ name, kind })),
    batches: readOnce(path, () => batchesOf(read, close)),
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

interface OpenRows {
  readonly layout: BatchLayout
  readonly sample: ReadonlyArray<RowBlock>
  readonly blocks: AsyncIterator<RowBlock>
  readonly rest: RowSource['rest']
  readonly signal: AbortSignal | undefined
}

async function* batchesOf(
  { layout, sample, blocks, rest, signal }: OpenRows,
  close: () => Promise<void>,
): AsyncGenerator<TableBatch, void, undefined> {
  const builder = new BatchBuilder(layout)
  const out = function* (built: ReadonlyArray<BuiltBatch>): Generator<TableBatch, void, undefined> {
    for (const batch of built) {
      throwIfCancelled(layout.path, signal)
      yield tableBatch(batch, layout.numbering)
    }
  }
  try {
    for (const block of sample) yield* out(builder.add(block))
    const others = rest?.(layout)
    for (; others === undefined;) {
      throwIfCancelled(layout.path, signal)
      const next = await blocks.next()
      if (next.done === true) break
      yield* out(builder.add(next.value))
    }
    const last = builder.finish()
    if (last !== undefined) yield* out([last])
    if (others !== undefined) yield* others
  } finally {
    await close()
  }
}
