import { QualityError } from '../../domain/errors.ts'
import type { Severity } from '../../domain/expectation.ts'
import type { KeptResult } from '../../domain/history/kept-result.ts'
import type { ValidationResult } from '../../domain/validation-result.ts'
import type { CheckCommandContext } from './check-command-context.ts'
import type { CheckFlags } from './check-flags.ts'
import { checkTable } from './check-table.ts'
import { loadSuite } from './load-suite.ts'
import { printCheck } from './print-check.ts'

const SEVERITIES: ReadonlyArray<Severity> = ['info', 'warning', 'critical']
const UNMET = 1
const PARTIAL = 4

/** Runs `check FILE... --suite suite.yml`. */
export async function runCheck(
  paths: ReadonlyArray<string>,
  flags: CheckFlags,
  context: CheckCommandContext,
): Promise<void> {
  if (flags.suite === undefined)
    throw new QualityError('quality/invalid-options', 'give the expectations: --suite FILE (nomaly suggest writes one)')
  const checked = await checkTable(await loadSuite(flags.suite, context), paths, flags, context)
  const { validation } = checked.result
  context.progress(undefined)
  await printCheck(checked, paths, flags, context)
  context.note(summaryOf(checked.result), flags.failOn === undefined ? 'summary' : 'asked')
  const faults = validation.results.filter(({ exception }) => exception !== undefined)
  const [first] = faults
  if (first?.exception !== undefined) {
    const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : ''
    context.note(`could not be evaluated: ${first.expectation.type}: ${first.exception.message}${more}`, 'warning')
  }
  if (isFailed(validation, flags.failOn)) context.exitWith(UNMET)
  else if (first !== undefined) context.exitWith(PARTIAL)
}

function isFailed({ results }: ValidationResult, failOn: Severity | undefined): boolean {
  if (failOn === undefined) return false
  return results.some(({ success, severity }) => !success && SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(failOn))
}

function summaryOf({ validation, score: { score } }: KeptResult): string {
  const { suite, rows, engine, statistics } = validation
  const { successful, evaluated } = statistics
  const scored = score === null ? '' : `; score ${score.toFixed(1)}`
  return `${suite}: ${successful} of ${evaluated} expectations are met; ${rows.toLocaleString('en-US')} rows by ${engine}${scored}`
}
