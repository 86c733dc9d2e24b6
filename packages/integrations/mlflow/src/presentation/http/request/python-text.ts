/** How Python, and so MLflow, writes a value into a message. */

const LONGEST = 1000 // of an echoed value: a filter of 1 MB is not sent back

const FLOAT = '\0float:' // marks a number that was written as a float though it is whole, such as 9.0

/** JSON read such that `pythonJson` writes 9.0 as it was sent. Of use for messages only. */
export function parseAsWritten(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) => {
    const source = typeof value === 'number' ? context?.source : undefined
    return source !== undefined && Number.isInteger(value) && /[.eE]/.test(source) ? FLOAT + source : value
  })
}

/** Compact JSON with sorted keys and nothing but ASCII, as `json.dumps(value, sort_keys=True, separators=(',', ':'))`. */
export function pythonJson(value: unknown): string {
  const text = JSON.stringify(sorted(value)) ?? 'null'
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text
  const whole = short.replaceAll(/"\\u0000float:([^"]+)"/g, '$1')
  return whole.replaceAll(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The name of the Python type that a JSON value becomes. */
export function pythonType(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  if (typeof value === 'string') return value.startsWith(FLOAT) ? 'float' : 'str'
  return 'dict'
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}
