import { subjectOf } from '../../domain/expectation-subject.ts'
import type { ExpectationResult, ValidationResult } from '../../domain/validation-result.ts'
import type { PrintedRecords } from '../cli/check-command-context.ts'
import { examplesText, findingText } from './result-text.ts'

/** A record an expectation, in the suite's order. */
export function checkRecords({ results }: ValidationResult): PrintedRecords {
  return {
    columns: [
      { name: 'outcome', kind: 'text' },
      { name: 'severity', kind: 'text' },
      { name: 'expectation', kind: 'text' },
      { name: 'column', kind: 'text' },
      { name: 'unexpected', kind: 'integer' },
      { name: 'finding', kind: 'text' },
      { name: 'examples', kind: 'text' },
    ],
    rows: results.map((one) => [
      outcomeOf(one),
      one.severity,
      one.expectation.type,
      subjectOf(one.expectation),
      one.result.unexpectedCount ?? null,
      findingText(one),
      examplesText(one),
    ]),
  }
}

function outcomeOf({ success, exception }: ExpectationResult): string {
  if (exception !== undefined) return 'error'
  return success ? 'met' : 'unmet'
}
