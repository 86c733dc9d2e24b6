/**
 * Reads a CSV file on in several threads. It is cut at line feeds near even places. That such a cut lies between two rows is
 * known once the part before it has ended with a row, not within quotes; where one does not, or has a fault, the file is read
 * on from there in one thread, which then says what is the matter, and where.
 */
import { statSync } from 'node:fs'

import { throwIfCancelled } from '../../application/cancellation.ts'
import { BatchBuilder, tableBatch } from '../../domain/batch-builder.ts'
import type { BuiltBatch } from '../../domain/batch-builder.ts'
import type { BatchLayout } from '../../domain/batch-layout.ts'
import type { TableBatch } from '../../domain/table.ts'
import { openFileBytes } from '../bytes/byte-source.ts'
import { lineBlocks } from '../bytes/line-blocks.ts'
import { validUtf8 } from '../bytes/valid-utf8.ts'
import { startCsvThreads } from '../part-threads.ts'
import type { PartThreads } from '../part-threads.ts'
import type { CsvPart, CsvPartRange } from './csv-part.ts'
import type { CsvPlace } from './csv-place.ts'
import { CsvRows } from './csv-rows.ts'
import type { ReadOn } from './csv-source.ts'

const PARTS_WORTH_THREADS = 4
const PARTS_AHEAD = 2 // a thread works on one while another waits for it, or for whoever reads the table

/** How a file is shared out. */
export interface ThreadedReading {
  readonly threads: number
  readonly partBytes: number
  /** Whether a batch is used up once the next one is asked for. */
  readonly brief: boolean
  readonly signal: AbortSignal | undefined
}

/** Reads on in threads where that pays: text is copied between threads, numbers are not. */
export function readOnInThreads(reading: ThreadedReading): ReadOn {
  return (from, layout) => {
    const texts = layout.columns.filter(({ kind }) => kind === 'text').length
    if (reading.threads < 2 || texts * 2 > layout.columns.length) return undefined
    const file = statSync(from.path, { throwIfNoEntry: false })
    if (file?.isFile() !== true || file.size - from.offset < PARTS_WORTH_THREADS * reading.partBytes) return undefined
    return batchesInThreads(from, layout, reading, file.size)
  }
}

async function* batchesInThreads(
  from: CsvPlace,
  layout: BatchLayout,
  reading: ThreadedReading,
  size: number,
): AsyncGenerator<TableBatch, void, undefined> {
  const { path, dialect, width } = from
  const threads = startCsvThreads(reading.threads, { path, dialect, width, layout })
  let { offset, line } = from
  try {
    for await (const part of partsInOrder(threads, from.offset, size, reading)) {
      if (part.kind === 'odd') {
        await threads.close()
        yield* batchesInOrder({ ...from, offset, line }, layout, reading.signal)
        return
      }
      for (const batch of part.batches) {
        throwIfCancelled(path, reading.signal)
        yield tableBatch(batch, layout.numbering, line - 1)
        if (reading.brief) free(batch)
      }
      offset = part.stop
      line += part.lines
    }
    throwIfCancelled(path, reading.signal)
  } finally {
    await threads.close()
  }
}

// The collector sees little of this memory, and would let it pile up.
function free({ columns }: BuiltBatch): void {
  for (const { values } of columns) {
    if (values instanceof Float64Array && values.buffer instanceof ArrayBuffer) values.buffer.transfer(0)
  }
}

async function* partsInOrder(
  threads: PartThreads<CsvPartRange, CsvPart>,
  start: number,
  size: number,
  { threads: count, partBytes }: ThreadedReading,
): AsyncGenerator<CsvPart, void, undefined> {
  const waiting: Array<Promise<CsvPart>> = []
  const ask = (index: number): void => {
    const at = start + index * partBytes
    if (at >= size) return
    const range: CsvPartRange = { start: at, end: Math.min(size, at + partBytes), isFirst: index === 0 }
    waiting.push(threads.ask(index, range))
  }
  let asked = 0
  while (asked < count * PARTS_AHEAD) ask(asked++)
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const part = await next
    ask(asked++)
    yield part
  }
}

async function* batchesInOrder(
  { path, dialect, offset, line, width }: CsvPlace,
  layout: BatchLayout,
  signal: AbortSignal | undefined,
): AsyncGenerator<TableBatch, void, undefined> {
  const { chunks, close } = await openFileBytes(path, signal, offset)
  try {
    const rows = new CsvRows(path, dialect, line, width)
    const builder = new BatchBuilder(layout)
    for await (const text of lineBlocks(path, validUtf8(path, chunks, line), 10)) {
      for (const batch of builder.add(rows.push(text))) {
        throwIfCancelled(path, signal)
        yield tableBatch(batch, layout.numbering)
      }
    }
    rows.end()
    const last = builder.finish()
    if (last !== undefined) yield tableBatch(last, layout.numbering)
  } finally {
    await close()
  }
}
