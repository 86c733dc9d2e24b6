import { subjectColumns } from '../expectation-subject.ts'
import type { ExpectationFindings, ExpectationResult, ValidationResult } from '../validation-result.ts'
import { isPersonalName, isPersonalText, MASK, maskedText } from './personal-text.ts'

// Numbers about values, which tell none of them.
const ABOUT =
  /^(count|rows|different|history|needed|success|elementCount|missingCount|[a-zA-Z]*Percent[a-zA-Z]*|[a-zA-Z]*Rows)$/
const COUNTING = /Unique|Count/
const COUNTING_AGGREGATES: ReadonlySet<unknown> = new Set([
  'count',
  'nullCount',
  'nullPercent',
  'distinct',
  'duplicatePercent',
])

type IsPersonal = (column: string) => boolean

/**
 * The validation without personal values: of columns that are personal by name, or of which a listed value is an e-mail or IP
 * address, a card, an IBAN, a phone or a social security number, every value is masked; elsewhere such values are, also within
 * longer texts. Counts and verdicts stay, and so does what the suite says.
 */
export function maskedValidation(validation: ValidationResult): ValidationResult {
  const personal = personalColumns(validation)
  const isPersonal: IsPersonal = (column) => personal.has(column)
  return { ...validation, results: validation.results.map((one) => maskedResult(one, isPersonal)) }
}

/** Names of the columns of which all values are masked. */
export function personalColumns({ results }: ValidationResult): ReadonlySet<string> {
  const found = new Set<string>()
  for (const { expectation, result } of results) {
    const subject = subjectColumns(expectation)
    for (const name of subject) if (isPersonalName(name)) found.add(name)
    const values = [
      ...(result.partialUnexpectedList ?? []),
      ...(result.unexpectedList ?? []),
      ...(result.partialUnexpectedIndexList ?? []),
      ...(result.unexpectedIndexList ?? []),
    ]
    for (const value of values) {
      const cells = isRecord(value) ? Object.entries(value) : subject.map((name) => [name, value] as const)
      for (const [name, cell] of cells) {
        if (isPersonalName(name) || (typeof cell === 'string' && isPersonalText(cell))) found.add(name)
      }
    }
  }
  return found
}

function maskedResult(one: ExpectationResult, isPersonal: IsPersonal): ExpectationResult {
  const { expectation, result } = one
  const whole = subjectColumns(expectation).some(isPersonal)
  const counts = COUNTING.test(expectation.type) || COUNTING_AGGREGATES.has(expectation.kwargs['aggregate'])
  const cell = (value: unknown): unknown => maskedValue(value, whole && !isRecord(value), isPersonal)
  const masked: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(result)) {
    if (name === 'observedValue') masked[name] = counts ? value : maskedValue(value, whole, isPersonal)
    else if (name === 'unexpectedIndexQuery') masked[name] = maskedQuery(String(value), whole)
    else if (name === 'partialUnexpectedCounts') masked[name] = maskedCounts(result, cell)
    else if (name === 'details') masked[name] = maskedValue(value, whole, isPersonal)
    else masked[name] = Array.isArray(value) ? value.map(cell) : value
  }
  return { ...one, result: masked }
}

function maskedCounts(
  { partialUnexpectedCounts = [] }: ExpectationFindings,
  cell: (value: unknown) => unknown,
): NonNullable<ExpectationFindings['partialUnexpectedCounts']> {
  return partialUnexpectedCounts.map(({ value, count }) => ({ value: cell(value), count }))
}

/** @param whole - the value is of a personal column, and what lies in it too */
function maskedValue(value: unknown, whole: boolean, isPersonal: IsPersonal): unknown {
  if (value === null || value === undefined) return value
  if (Array.isArray(value)) return value.map((item) => maskedValue(item, whole, isPersonal))
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name,
        typeof member === 'number' && ABOUT.test(name)
          ? member
          : maskedValue(member, whole || isPersonal(name) || isPersonalName(name), isPersonal),
      ]),
    )
  }
  if (whole) return typeof value === 'boolean' ? value : MASK
  return typeof value === 'string' ? maskedText(value) : value
}

// Statements name columns and values; values are texts in single quotes.
function maskedQuery(sql: string, whole: boolean): string {
  return whole ? sql.replaceAll(/'(?:[^']|'')*'/g, `'${MASK}'`) : maskedText(sql)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
