import { readTrend } from '../../application/history/read-trend.ts'
import { RecordedCheck } from '../../application/history/recorded-check.ts'
import type { ResultsStore } from '../../application/ports/results-store.ts'
import type { TableEngine } from '../../application/ports/table-engine.ts'
import { type Quarantine, RowGathering } from '../../application/quarantine/quarantine.ts'
import { validate, type ValidateOptions } from '../../application/validate.ts'
import type { Suite } from '../../domain/expectation.ts'
import { keptResult, type KeptResult } from '../../domain/history/kept-result.ts'
import type { QualityTrend } from '../../domain/history/trend.ts'
import { maskedValidation } from '../../domain/masking/masked-validation.ts'
import type { CheckCommandContext, CheckSource } from './check-command-context.ts'
import type { CheckFlags } from './check-flags.ts'
import { namedTables, openOtherTables } from './other-tables.ts'
import { isReport } from './print-check.ts'
import { splitInto } from './split-into.ts'

/** What a check found, as it may be shown. */
export interface CheckedTable {
  readonly result: KeptResult
  readonly quarantine?: Quarantine | undefined
  readonly trend?: QualityTrend | undefined
}

/** Opens the tables, checks the first, keeps the result and splits the rows, as the flags say. */
export async function checkTable(
  suite: Suite,
  paths: ReadonlyArray<string>,
  flags: CheckFlags,
  context: CheckCommandContext,
): Promise<CheckedTable> {
  const { table, others } = namedTables(flags.table)
  const limits: Omit<CheckSource, 'paths' | 'table' | 'inputFormat'> = {
    engine: flags.engine,
    memoryLimitMb: flags.memoryLimit,
    threads: flags.threads,
    timeoutMs: flags.timeout === undefined ? undefined : flags.timeout * 1000,
  }
  context.progress('opening the table')
  const { engine, close } = await context.openCheckSource({ ...limits, paths, table, inputFormat: flags.inputFormat })
  try {
    const { tables, close: closeOthers } = await openOtherTables(others, limits, context)
    try {
      return await checkOpened(suite, paths, engine, tables, flags, context)
    } finally {
      await closeOthers()
    }
  } finally {
    await close()
  }
}

async function checkOpened(
  suite: Suite,
  paths: ReadonlyArray<string>,
  engine: TableEngine,
  tables: Readonly<Record<string, TableEngine>>,
  flags: CheckFlags,
  context: CheckCommandContext,
): Promise<CheckedTable> {
  const gathering = new RowGathering()
  let done = 0
  const options: ValidateOptions = {
    tables,
    signal: context.signal,
    onUnexpectedRows: gathering.onUnexpectedRows,
    onResult: () => context.progress(`checking ${engine.source}: ${++done} of ${suite.expectations.length}`),
    ...(flags.resultFormat === undefined ? {} : { resultFormat: flags.resultFormat }),
    ...(flags.keys === undefined ? {} : { keyColumns: flags.keys }),
  }
  const { result, trend } = await recorded(suite, engine, options, flags, context)
  const told = isReport(flags) ? await gathering.withSelections(result.validation, engine) : result.validation
  const shown = { ...result, validation: flags.unmask === true ? told : maskedValidation(told) }
  if (flags.quarantine === undefined) return { result: shown, trend }
  const quarantine = await splitInto(flags.quarantine, { paths, engine, gathering, result }, flags, context)
  return { result: shown, trend, quarantine }
}

async function recorded(
  suite: Suite,
  engine: TableEngine,
  options: ValidateOptions,
  { history, dataset = suite.name, unmask }: CheckFlags,
  context: CheckCommandContext,
): Promise<{ readonly result: KeptResult; readonly trend?: QualityTrend }> {
  const newId = (): string => crypto.randomUUID()
  if (history === undefined) {
    return { result: keptResult(newId(), dataset, await validate(suite, engine, options)) }
  }
  const store = await context.openResults(history)
  const beforeKeeping = (result: KeptResult): KeptResult =>
    unmask === true ? result : { ...result, validation: maskedValidation(result.validation) }
  try {
    const results: ResultsStore = store.results
    const result = await new RecordedCheck({ results, newId, beforeKeeping }).run(suite, engine, {
      ...options,
      dataset,
    })
    return { result, trend: await readTrend(results, dataset) }
  } finally {
    store.close()
  }
}
