import type { ProfileFormat, ProfileSource } from './profile-command-context.ts'

/** The flags of `profile`. */
export interface ProfileFlags extends Omit<ProfileSource, 'paths' | 'memoryLimitMb' | 'timeoutMs'> {
  readonly columns?: ReadonlyArray<string>
  readonly memoryLimit?: number
  readonly timeout?: number
  readonly top?: number
  readonly sampleRows?: number
  readonly seed?: number
  readonly correlations: boolean
  readonly duplicates: boolean
  readonly sketches?: boolean
  readonly unmask?: boolean
  readonly compare?: string
  readonly failOn?: number
  readonly format?: ProfileFormat
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

/** Reads a whole number from `least` on. */
export function wholeNumberFrom(least: number): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text)
    if (Number.isSafeInteger(value) && value >= least) return value
    throw new InvalidFlagValue(`Give a whole number from ${least}.`)
  }
}
