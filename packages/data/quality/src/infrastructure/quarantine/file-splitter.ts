import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import type { RowSplitter } from '../../application/ports/row-splitter.ts'
import type { AskOptions, TableEngine } from '../../application/ports/table-engine.ts'
import { throwIfCancelled } from '../../domain/cancellation.ts'
import { QualityError } from '../../domain/errors.ts'
import type { FileSplit, SplitCounts, TableFormat } from '../../domain/row-split.ts'
import { writeSplit } from './write-split.ts'

/** Where rows are written, and how. */
export interface FileSplitterOptions {
  /** Made when absent. Gets `good.csv` and `bad.csv`, or with the ending of the format. */
  readonly folder: string
  readonly format: TableFormat
}

/** The paths of the two files. */
function splitPaths({ folder, format }: FileSplitterOptions): { readonly good: string; readonly bad: string } {
  return { good: join(folder, `good.${format}`), bad: join(folder, `bad.${format}`) }
}

/**
 * Writes good and bad rows to two files of one format, in row order. Both are written beside their places first, so that a file is
 * there whole or as it was before. DuckDB writes CSV, TSV, JSON and Parquet just as the input had it, texts letter for letter;
 * other engines write values as they know them, hold all rows in memory for it, and refuse columns of lists and structures.
 */
export function fileSplitter(engine: TableEngine, options: FileSplitterOptions): RowSplitter {
  return async (checks, ask = {}) => {
    const target = splitPaths(options)
    const part = { good: partOf(target.good), bad: partOf(target.bad) }
    try {
      await mkdir(options.folder, { recursive: true })
      const counts = await split(engine, { checks, format: options.format, ...part }, ask)
      throwIfCancelled(ask.signal)
      if (ask.rows !== undefined && counts.good + counts.bad !== ask.rows) throw otherRows(counts, ask.rows)
      for (const path of [part.good, part.bad]) await toDisk(path)
      await rename(part.bad, target.bad)
      await rename(part.good, target.good)
      return counts
    } catch (error) {
      // Where even that fails, the first failure is the one to tell.
      for (const path of [part.good, part.bad]) await rm(path, { force: true }).catch(() => undefined)
      throw unwritten(error, options.folder)
    }
  }
}

function split(engine: TableEngine, files: FileSplit, ask: AskOptions): Promise<SplitCounts> {
  return engine.splitToFiles?.(files, ask) ?? writeSplit(engine, files, ask)
}

function otherRows({ good, bad }: SplitCounts, rows: number): QualityError {
  return new QualityError(
    'quality/storage-failed',
    `there are ${good} good and ${bad} bad rows where ${rows} were checked: did the data change meanwhile?`,
    { good, bad, rows },
  )
}

function partOf(path: string): string {
  return join(dirname(path), `.${randomUUID()}.part`)
}

async function toDisk(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

function unwritten(error: unknown, folder: string): unknown {
  if (QualityError.is(error) || !(error instanceof Error) || !('code' in error)) return error
  return new QualityError('quality/storage-failed', `${folder} cannot be written: ${error.message}`, { folder }, error)
}
