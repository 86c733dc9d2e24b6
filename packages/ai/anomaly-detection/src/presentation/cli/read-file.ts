import type { Table, TableSource } from '../../application/ports/table-reader.ts'
import { readDataset, type TableDataset } from '../../application/read-dataset.ts'
import type { DetectionCommandContext } from './command-context.ts'
import type { ReadingFlags } from './flags.ts'
import { inFileTerms } from './in-file-terms.ts'

/**
 * Reads a file into a data set, and tells which columns and rows were left out.
 * @param source - where its content is read from, default the file itself
 * @throws AnomalyDetectionError and what the reader rejects with; the message names the file, and flags that would help
 */
export async function readFile(
  path: string,
  { columns, label, unlabelled, encode, encodings, missing, inputFormat }: ReadingFlags,
  context: DetectionCommandContext,
  source: Pick<TableSource, 'path' | 'format'> = { path, format: inputFormat },
): Promise<TableDataset> {
  const settings = encodings === undefined ? await context.settings() : {}
  const file = path === '-' ? 'the standard input' : path
  const wanted = columns === undefined || label === undefined || columns.includes(label) ? columns : [...columns, label]
  context.progress(`reading ${file}`)
  try {
    const table = await context.openTable({ ...source, columns: wanted, brief: true, signal: context.signal })
    const read = await readDataset(counted(table, file, context), {
      columns,
      label,
      unlabelled,
      encode: encode ?? settings.encode,
      encodings,
      missing: missing ?? settings.missing,
      shared: true, // the work is done on other threads
    })
    tellWhatWasLeftOut(read, context)
    return read
  } catch (error) {
    throw inFileTerms(error, file)
  } finally {
    context.progress(undefined)
  }
}

function counted(table: Table, file: string, context: DetectionCommandContext): Table {
  return { columns: table.columns, batches: batchesOf(table, file, context) }
}

async function* batchesOf(table: Table, file: string, context: DetectionCommandContext): Table['batches'] {
  let rows = 0
  for await (const batch of table.batches) {
    yield batch
    rows += batch.rows
    context.progress(`reading ${file}: ${rows.toLocaleString('en-US')} rows`)
  }
}

function tellWhatWasLeftOut({ ignored, sourceRows, dataset }: TableDataset, context: DetectionCommandContext): void {
  if (ignored.length > 0) {
    const are = ignored.length === 1 ? 'column with text' : `${ignored.length} columns with text`
    context.note(`ignored ${are}: ${ignored.join(', ')} (--encode onehot or ordinal uses them)`, 'warning')
  }
  const dropped = sourceRows - dataset.rows
  if (dropped > 0) context.note(`left out ${dropped} of ${sourceRows} rows that lack a value`, 'warning')
}
