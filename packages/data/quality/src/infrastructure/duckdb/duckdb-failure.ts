import { QualityError } from '../../domain/errors.ts'

/** A failed statement in this package's words. Engines quote the data in their messages: those lines are left out. */
export function duckdbFailure(error: unknown, subject: string): QualityError {
  if (QualityError.is(error)) return error
  const message = error instanceof Error ? error.message : String(error)
  if (/^INTERRUPT/i.test(message)) {
    return new QualityError('quality/cancelled', `${subject}: stopped before the end`, { engine: 'duckdb' }, error)
  }
  const lines = message.split('\n').map((line) => line.trim())
  const told = lines.filter(
    (line, i) => i === 0 || /^(Line|Column|CSV Error on Line|Expected|Possible fixes)/.test(line),
  )
  const text = told
    .join('; ')
    .replace(/Could not convert string ".*?" to/, 'Could not convert a value to')
    .slice(0, 400)
  const unreadable = /^(IO|Invalid Input|Conversion|Invalid|Serialization|HTTP|Not implemented|Binder|Catalog)/i.test(
    message,
  )
  return new QualityError(
    unreadable ? 'quality/unreadable-data' : 'quality/query-failed',
    `${subject}: ${text}`,
    { engine: 'duckdb', retryable: /out of memory/i.test(message) },
    new Error(text),
  )
}
