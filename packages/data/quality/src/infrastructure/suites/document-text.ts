import { LineCounter, parseDocument, stringify } from 'yaml'

import { QualityError } from '../../domain/errors.ts'

/**
 * Reads JSON or YAML 1.2 into data; whole numbers past 2^53 become bigint.
 * @throws QualityError `quality/invalid-suite`; the message begins with line and column
 */
export function parseDocumentText(text: string): unknown {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, intAsBigInt: true, prettyErrors: false })
  const [fault] = document.errors
  if (fault !== undefined) {
    const { line, col } = lineCounter.linePos(fault.pos[0])
    throw new QualityError(
      'quality/invalid-suite',
      `line ${line}, column ${col}: ${fault.message}`,
      { line, column: col },
      fault,
    )
  }
  try {
    return withNumbers(document.toJS())
  } catch (error) {
    // Aliases that would grow without limit.
    const reason = error instanceof Error ? error.message : String(error)
    throw new QualityError('quality/invalid-suite', reason, {}, error)
  }
}

/** Writes a suite, a contract or any plain data, for people: YAML, or JSON where whole numbers past 2^53 become text. */
export function documentText(data: unknown, format: 'json' | 'yaml'): string {
  if (format === 'yaml') return stringify(data, { lineWidth: 120, aliasDuplicateObjects: false })
  return `${JSON.stringify(data, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value), 2)}\n`
}

/** Whole numbers as numbers, where a number holds them. */
export function withNumbers(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
  if (Array.isArray(value)) return value.map(withNumbers)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withNumbers(member)]))
}
