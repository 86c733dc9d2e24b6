import type { ExpectationResult } from '../../domain/validation-result.ts'

const EXAMPLES = 3
const LONGEST = 60

/** What was found, in a few words; empty where the result carries nothing. */
export function findingText({ result, exception }: ExpectationResult): string {
  if (exception !== undefined) return exception.message
  const { unexpectedCount, unexpectedPercent, observedValue } = result
  if (unexpectedCount !== undefined) {
    const share = typeof unexpectedPercent === 'number' ? ` (${Number(unexpectedPercent.toPrecision(3))} %)` : ''
    return `${unexpectedCount} unexpected${share}`
  }
  return observedValue === undefined ? '' : `observed ${valueText(observedValue)}`
}

/** The first different unexpected values. */
export function examplesText({ result }: ExpectationResult): string {
  const texts = new Set((result.partialUnexpectedList ?? []).map(valueText))
  return [...texts].slice(0, EXAMPLES).join(', ')
}

/** A value as results print it, in a line. */
export function valueText(value: unknown): string {
  const text =
    typeof value === 'string'
      ? value
      : (JSON.stringify(value, (_, member: unknown) => (typeof member === 'bigint' ? String(member) : member)) ?? '')
  const points = Array.from(text)
  return points.length > LONGEST ? `${points.slice(0, LONGEST - 1).join('')}…` : text
}
