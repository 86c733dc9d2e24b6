import type { CheckFlags } from './check-flags.ts'

/** The flags of `suggest`. */
export interface SuggestFlags extends Pick<
  CheckFlags,
  'engine' | 'inputFormat' | 'memoryLimit' | 'threads' | 'timeout' | 'output'
> {
  readonly table?: string
  readonly profile?: string
  readonly accept?: ReadonlyArray<string>
  readonly reject?: ReadonlyArray<string>
  readonly confidence?: number
  readonly format?: 'table' | 'csv' | 'json' | 'jsonl'
}

class InvalidFlagValue extends Error {
  readonly code = 'commander.invalidArgument'
}

/** Reads a confidence. */
export function parseConfidence(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (value > 0.5 && value < 1) return value
  throw new InvalidFlagValue('Give a share above 0.5 and below 1.')
}
