import { invalidArgument } from '../refusals.ts'

/**
 * Text of plain data, the same for the same content whatever the order of its keys. What is undefined in an object is left out.
 * @param subject - begins the message
 * @throws MlopsError `mlops/invalid-argument` naming the place of what JSON would lose: NaN, infinities, Dates, Maps, functions, ...
 */
export function canonicalJson(value: unknown, subject: string): string {
  return textOf(value, subject, '$', new Set())
}

function textOf(value: unknown, subject: string, path: string, above: Set<object>): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number' && Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value)
  if (typeof value !== 'object') throw refused(subject, path, typeof value === 'number' ? String(value) : typeof value)
  if (above.has(value)) throw refused(subject, path, 'a circle')
  above.add(value)
  const text = Array.isArray(value)
    ? `[${value.map((item, i) => textOf(item, subject, `${path}[${i}]`, above)).join(',')}]`
    : objectText(value, subject, path, above)
  above.delete(value)
  return text
}

function objectText(value: object, subject: string, path: string, above: Set<object>): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    throw refused(subject, path, value.constructor.name)
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  const parts = entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${textOf(item, subject, `${path}.${key}`, above)}`)
  return `{${parts.join(',')}}`
}

function refused(subject: string, path: string, found: string) {
  const problem = `${subject} has ${found} at ${path}: plain JSON, or bytes as a whole, are needed`
  return invalidArgument('answer', problem, { path, found })
}
