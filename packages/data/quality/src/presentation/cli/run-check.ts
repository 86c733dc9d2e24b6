import { validate } from '../../application/validate.ts'
import { QualityError } from '../../domain/errors.ts'
import type { Severity, Suite } from '../../domain/expectation.ts'
import type { ValidationResult } from '../../domain/validation-result.ts'
import { checkRecords } from '../outputs/check-records.ts'
import { githubAnnotations } from '../outputs/github-annotations.ts'
import { junitXml } from '../outputs/junit-xml.ts'
import type { CheckCommandContext } from './check-command-context.ts'
import type { CheckFlags } from './check-flags.ts'
import { namedTables, openOtherTables } from './other-tables.ts'

const SEVERITIES: ReadonlyArray<Severity> = ['info', 'warning', 'critical']
const UNMET = 1
const PARTIAL = 4

/** Runs `check FILE... --suite suite.yml`. */
export async function runCheck(
  paths: ReadonlyArray<string>,
  flags: CheckFlags,
  context: CheckCommandContext,
): Promise<void> {
  const suite = await suiteOf(flags.suite, context)
  const result = await checked(suite, paths, flags, context)
  context.progress(undefined)
  await printAll(result, flags, context)
  context.note(summaryOf(result), flags.failOn === undefined ? 'summary' : 'asked')
  const faults = result.results.filter(({ exception }) => exception !== undefined)
  const [first] = faults
  if (first?.exception !== undefined) {
    const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : ''
    context.note(`could not be evaluated: ${first.expectation.type}: ${first.exception.message}${more}`, 'warning')
  }
  if (isFailed(result, flags.failOn)) context.exitWith(UNMET)
  else if (first !== undefined) context.exitWith(PARTIAL)
}

async function suiteOf(path: string, context: CheckCommandContext): Promise<Suite> {
  const bytes = await context.load(path).catch((error: unknown) => {
    const reason =
      error instanceof Error && !('code' in error && error.code === 'ENOENT') ? error.message : 'no such file'
    throw new QualityError('quality/unknown-suite', `--suite ${path}: ${reason}`, { path }, error)
  })
  try {
    return await context.parseSuite(new TextDecoder('utf-8', { fatal: true }).decode(bytes), {
      format: path.toLowerCase().endsWith('.json') ? 'json' : 'yaml',
    })
  } catch (error) {
    if (QualityError.is(error)) throw new QualityError(error.code, `${path}: ${error.message}`, error.details, error)
    throw new QualityError('quality/invalid-suite', `${path} is no UTF-8 text`, { path }, error)
  }
}

async function checked(
  suite: Suite,
  paths: ReadonlyArray<string>,
  flags: CheckFlags,
  context: CheckCommandContext,
): Promise<ValidationResult> {
  const { table, others } = namedTables(flags.table)
  const limits = {
    engine: flags.engine,
    memoryLimitMb: flags.memoryLimit,
    threads: flags.threads,
    timeoutMs: flags.timeout === undefined ? undefined : flags.timeout * 1000,
  }
  context.progress('opening the table')
  const { engine, close } = await context.openCheckSource({ ...limits, paths, table, inputFormat: flags.inputFormat })
  let done = 0
  try {
    const { tables, close: closeOthers } = await openOtherTables(others, limits, context)
    try {
      return await validate(suite, engine, {
        tables,
        signal: context.signal,
        onResult: () => context.progress(`checking ${engine.source}: ${++done} of ${suite.expectations.length}`),
        ...(flags.resultFormat === undefined ? {} : { resultFormat: flags.resultFormat }),
        ...(flags.keys === undefined ? {} : { keyColumns: flags.keys }),
      })
    } finally {
      await closeOthers()
    }
  } finally {
    await close()
  }
}

async function printAll(result: ValidationResult, flags: CheckFlags, context: CheckCommandContext): Promise<void> {
  const { format, output: file } = flags
  if (format === 'junit' || (format === undefined && file?.toLowerCase().endsWith('.xml') === true)) {
    await context.printText(junitXml(result), file)
  } else if (format === 'github') {
    await context.printText(githubAnnotations(result, flags.suite), file)
  } else if ((await context.formatOf({ format, file })) === 'json') {
    await context.printText(`${JSON.stringify(result, jsonMember, 2)}\n`, file)
  } else await context.print(checkRecords(result), { format, file })
}

function jsonMember(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

function isFailed({ results }: ValidationResult, failOn: Severity | undefined): boolean {
  if (failOn === undefined) return false
  return results.some(({ success, severity }) => !success && SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(failOn))
}

function summaryOf({ suite, rows, engine, statistics }: ValidationResult): string {
  const { successful, evaluated } = statistics
  return `${suite}: ${successful} of ${evaluated} expectations are met; ${rows.toLocaleString('en-US')} rows by ${engine}`
}
