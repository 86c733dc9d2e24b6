import type { Severity } from '../../domain/expectation.ts'
import type { ResultFormat } from '../../domain/validation-result.ts'
import type { CheckSource, RecordsFormat } from './check-command-context.ts'

/** The flags of `check`. */
export interface CheckFlags extends Omit<CheckSource, 'paths' | 'table' | 'memoryLimitMb' | 'timeoutMs'> {
  readonly suite?: string
  readonly table?: ReadonlyArray<string>
  readonly failOn?: Severity
  readonly resultFormat?: ResultFormat
  readonly keys?: ReadonlyArray<string>
  readonly memoryLimit?: number
  readonly timeout?: number
  readonly format?: RecordsFormat | 'junit' | 'github' | 'openlineage'
  readonly output?: string
  /** A folder. */
  readonly quarantine?: string
  /** A file of results. */
  readonly history?: string
  readonly dataset?: string
  readonly unmask?: boolean
}

/** The flags of `check history` and `check trend`. */
export interface HistoryFlags {
  readonly dataset?: string
  readonly limit?: number
  readonly format?: RecordsFormat
  readonly output?: string
}

// What commander takes for a wrong value; its class would have to be loaded to be thrown.
class InvalidFlagValue extends Error {
  readonly code = 'commander.invalidArgument'
}

/** Reads `a,b,c`, added to what the flag gave before. */
export function parseColumnNames(text: string, before: ReadonlyArray<string> = []): ReadonlyArray<string> {
  const names = text.split(',').map((name) => name.trim())
  if (names.includes('')) throw new InvalidFlagValue('Give names separated by commas.')
  return [...before, ...names]
}

/** Keeps what the flag gave before. */
export function parseRepeated(text: string, before: ReadonlyArray<string> = []): ReadonlyArray<string> {
  return [...before, text]
}

/** Reads a whole number from 1 on. */
export function parsePositive(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isSafeInteger(value) && value >= 1) return value
  throw new InvalidFlagValue('Give a whole number from 1.')
}
