/** A thread that reads parts of one file, for the thread that started it. */
import { parentPort, workerData } from 'node:worker_threads'

import type { ParquetJob } from './infrastructure/parquet/parquet-part.ts'
import type { OddPart, ReadingOrder } from './infrastructure/part-threads.ts'

const order: ReadingOrder = workerData
const port = parentPort

if (port !== null && order.kind === 'csv') {
  const { CsvPartReader } = await import('./infrastructure/csv/csv-part.ts')
  const reader = new CsvPartReader(order.form)
  port.on('message', (range) => {
    const part = reader.read(range)
    const batches = part.kind === 'rows' ? part.batches : []
    port.postMessage(part, memoryOf(batches.flatMap(({ columns, places }) => [...columns.map(valuesOf), places])))
  })
} else if (port !== null && order.kind === 'parquet') {
  const { openParquetParts } = await import('./infrastructure/parquet/parquet-part.ts')
  const opened = openParquetParts(order.form)
  let last: Promise<void> = Promise.resolve()
  port.on('message', (job: ParquetJob) => {
    last = last // one after another, so that answers come in the order of the jobs
      .then(async () => (await opened)(job))
      // whoever asked reads the part again, in order, and meets the same error
      .catch((): OddPart => ({ kind: 'odd' }))
      .then((part) => port.postMessage(part, memoryOf(part.kind === 'column' ? [part.column.values] : [])))
  })
}

function valuesOf({ values }: { readonly values: unknown }): unknown {
  return values
}

// Numbers are handed over, not copied.
function memoryOf(values: ReadonlyArray<unknown>): Array<ArrayBuffer> {
  return values.flatMap((one) => (one instanceof Float64Array && one.buffer instanceof ArrayBuffer ? [one.buffer] : []))
}
