import type { Command } from 'commander'

import type { ShownFormat } from './command-context.ts'

/** Where the output goes. */
export interface ShownFlags {
  readonly format?: ShownFormat
  readonly output?: string
}

/** What is listed. */
export interface ListFlags extends ShownFlags {
  readonly filter?: string
  readonly orderBy?: ReadonlyArray<string>
  readonly deleted?: boolean
  readonly all?: boolean
  readonly limit: number
}

// What commander takes for a wrong value; its class would have to be loaded to be thrown.
class InvalidFlagValue extends Error {
  readonly code = 'commander.invalidArgument'
}

/** Adds `--format` and `--output`. */
export function addShownFlags(command: Command): Command {
  return command
    .addOption(
      command
        .createOption('--format <format>', 'default: a table on a terminal, csv in a pipe')
        .choices(['table', 'csv', 'json', 'jsonl']),
    )
    .option('-o, --output <file>', 'write there, whole or not at all')
}

/** Adds what every list takes, and `addShownFlags`. */
export function addListFlags(command: Command, { hasFilter = true }: { readonly hasFilter?: boolean } = {}): Command {
  if (hasFilter) command.option('--filter <text>', "such as: metrics.auc > 0.9 AND params.kind = 'knn'")
  command
    .option('--order-by <field>', 'such as: metrics.auc DESC; may be repeated', parseMore)
    .option('--deleted', 'deleted ones only')
    .option('--all', 'deleted ones too')
    .option('--limit <number>', 'at most so many', parseLimit, 100)
  return addShownFlags(command)
}

/** Adds to what the flag gave before. */
export function parseMore(text: string, before: ReadonlyArray<string> = []): ReadonlyArray<string> {
  return [...before, text]
}

/** Reads `key=value`, added to what the flag gave before. */
export function parsePair(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidFlagValue('Give key=value.')
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) }
}

/** Reads `metric=0.9`, added to what the flag gave before. */
export function parseBound(
  text: string,
  before: ReadonlyArray<readonly [string, number]> = [],
): ReadonlyArray<readonly [string, number]> {
  const at = text.lastIndexOf('=')
  const value = text.slice(at + 1).trim() === '' ? Number.NaN : Number(text.slice(at + 1))
  if (at < 1 || !Number.isFinite(value)) throw new InvalidFlagValue('Give metric=number, such as auc=0.9.')
  return [...before, [text.slice(0, at), value]]
}

/** Reads a number of days, >= 0. */
export function parseDays(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text.replace(/d$/, ''))
  if (Number.isFinite(value) && value >= 0) return value
  throw new InvalidFlagValue('Give a number of days, such as 30.')
}

function parseLimit(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isSafeInteger(value) && value >= 1 && value <= 50_000) return value
  throw new InvalidFlagValue('Give a whole number from 1 to 50000.')
}
