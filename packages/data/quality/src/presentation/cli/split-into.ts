import type { TableEngine } from '../../application/ports/table-engine.ts'
import type { Quarantine, RowGathering } from '../../application/quarantine/quarantine.ts'
import type { KeptResult } from '../../domain/history/kept-result.ts'
import type { TableFormat } from '../../domain/row-split.ts'
import type { CheckCommandContext } from './check-command-context.ts'
import type { CheckFlags } from './check-flags.ts'

/** What was checked. */
export interface CheckedRows {
  readonly paths: ReadonlyArray<string>
  readonly engine: TableEngine
  readonly gathering: RowGathering
  readonly result: KeptResult
}

/**
 * Writes good and bad rows, and `quarantine.json` that tells of them, into a folder. Nothing is written, and that is told, where an
 * expectation could not be evaluated.
 */
export async function splitInto(
  folder: string,
  { paths, engine, gathering, result }: CheckedRows,
  flags: CheckFlags,
  context: CheckCommandContext,
): Promise<Quarantine | undefined> {
  const { validation } = result
  if (validation.results.some(({ exception }) => exception !== undefined)) {
    context.note(`${folder}: no rows were split, for not every expectation could be evaluated`, 'warning')
    return undefined
  }
  const format = flags.inputFormat ?? formatOf(paths[0] ?? '')
  context.progress(`splitting the rows of ${engine.source}`)
  const splitter = await context.rowSplitter(engine, { folder, format })
  const quarantine = await gathering.split(validation, engine, splitter, context.signal)
  await context.printText(`${JSON.stringify(quarantine, null, 2)}\n`, `${folder}/quarantine.json`)
  const [good, bad] = [quarantine.good, quarantine.bad].map((rows) => rows.toLocaleString('en-US'))
  context.note(`${folder}: ${good} good rows in good.${format}, ${bad} bad rows in bad.${format}`, 'asked')
  return quarantine
}

// Databases and the standard input have no ending: CSV.
function formatOf(path: string): TableFormat {
  const [, ending = ''] = /\.([a-z]+)(?:\.gz|\.zst)?$/i.exec(path) ?? []
  switch (ending.toLowerCase()) {
    case 'tsv':
    case 'tab':
      return 'tsv'
    case 'json':
      return 'json'
    case 'jsonl':
    case 'ndjson':
      return 'jsonl'
    case 'parquet':
    case 'pq':
      return 'parquet'
    default:
      return 'csv'
  }
}
