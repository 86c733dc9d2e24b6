import { ProfilingError } from '../../domain/errors.ts'

// What DuckDB says after it has quoted the line at fault.
const EXPLAINS =
  /^(Error when converting column|Invalid unicode|Expected Number of Columns|Maximum line size|Value with unterminated quote|The CSV|Line:|Column:)/

const SNIFFING = /^Invalid Input Error: Error when sniffing file "[^"]*"\.?/
const NO_FORM =
  'no form of CSV fits the file: rows differ in their number of fields, quotes are left open, or lines end both in CR LF and in LF, ' +
  'which only the memory engine reads'

/** A failed statement in this package's words. Engines quote the data in their messages: those lines are left out. */
export function duckdbFailure(error: unknown, subject: string): ProfilingError {
  if (ProfilingError.is(error)) return error
  const message = error instanceof Error ? error.message : String(error)
  if (/^INTERRUPT/i.test(message)) {
    return new ProfilingError('profiling/cancelled', `${subject}: stopped before the end`, { engine: 'duckdb' }, error)
  }
  const lines = message.split('\n').map((line) => line.trim())
  const told = lines.filter((line, i) => i === 0 || EXPLAINS.test(line))
  const text = told
    .join('; ')
    .replace(SNIFFING, NO_FORM)
    .replaceAll(/(string|value) ["'].*?["'](?= |$)/g, '$1')
    .slice(0, 400)
  const unreadable = /^(IO|Invalid Input|Conversion|Invalid|Serialization|HTTP|Not implemented|Binder|Catalog)/i.test(
    message,
  )
  return new ProfilingError(
    unreadable ? 'profiling/unreadable-data' : 'profiling/query-failed',
    `${subject}: ${text}`,
    { engine: 'duckdb', retryable: /out of memory/i.test(message) },
    new Error(text),
  )
}
