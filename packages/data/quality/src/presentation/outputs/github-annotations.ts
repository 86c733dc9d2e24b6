import { subjectOf } from '../../domain/expectation-subject.ts'
import type { Severity } from '../../domain/expectation.ts'
import type { ValidationResult } from '../../domain/validation-result.ts'
import { examplesText, findingText } from './result-text.ts'

const COMMAND: Readonly<Record<Severity, string>> = { critical: 'error', warning: 'warning', info: 'notice' }

/**
 * Workflow commands that GitHub Actions shows beside a change: a line for every expectation that is unmet or could not be
 * evaluated, as error, warning or notice by its severity. Empty where all are met.
 * @param suitePath - the file of the suite, which the annotations point at
 */
export function githubAnnotations({ results, source }: ValidationResult, suitePath: string): string {
  return results
    .filter(({ success }) => !success)
    .map((result) => {
      const { expectation, severity } = result
      const examples = examplesText(result)
      const subject = subjectOf(expectation)
      const message = [
        `${source}${subject === '' ? '' : `, ${subject}`}: ${findingText(result) || 'unmet'}`,
        ...(examples === '' ? [] : [`examples: ${examples}`]),
      ].join('; ')
      return `::${COMMAND[severity]} file=${property(suitePath)},title=${property(expectation.type)}::${data(message)}\n`
    })
    .join('')
}

// Source: the toolkit of GitHub Actions, packages/core/src/command.ts.
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
