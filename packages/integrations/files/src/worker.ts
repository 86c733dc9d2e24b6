/** A thread that reads parts of one CSV file, for the thread that started it. */
import { parentPort, workerData } from 'node:worker_threads'

import { CsvPartReader } from './infrastructure/csv/csv-part.ts'
import type { CsvPart, CsvPartForm, CsvPartRange } from './infrastructure/csv/csv-part.ts'

const form: CsvPartForm = workerData
const reader = new CsvPartReader(form)

parentPort?.on('message', (range: CsvPartRange) => {
  const part = reader.read(range)
  parentPort?.postMessage(part, memoryOf(part))
})

// Numbers are handed over, not copied.
function memoryOf(part: CsvPart): Array<ArrayBuffer> {
  if (part.kind === 'odd') return []
  return part.batches
    .flatMap(({ columns, places }) => [...columns.map(({ values }) => values), places])
    .flatMap((values) =>
      values instanceof Float64Array && values.buffer instanceof ArrayBuffer ? [values.buffer] : [],
    )
}
