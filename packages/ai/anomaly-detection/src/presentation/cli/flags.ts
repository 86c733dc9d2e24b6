import type { Command } from 'commander'

import type { TableSource } from '../../application/ports/table-reader.ts'
import type { ColumnEncoding, EncodingMethod } from '../../domain/column-encoding.ts'
import type { CombinationMethod } from '../../domain/combination/combination-rule.ts'
import type { MissingPolicy } from '../../domain/missing-values.ts'
import type { ThresholdPolicy } from '../../domain/threshold.ts'
import type { UnificationMethod } from '../../domain/unification/unification.ts'
import {
  parseContamination,
  parseCount,
  parseNames,
  parseParameter,
  parseThreads,
  parseThreshold,
  parseWeights,
} from './flag-values.ts'
import type { OutputFormat } from './output-format.ts'

/** What is read, and how. */
export interface ReadingFlags {
  readonly columns?: ReadonlyArray<string>
  readonly label?: string
  readonly unlabelled?: boolean
  readonly encode?: EncodingMethod
  readonly encodings?: ReadonlyArray<ColumnEncoding>
  readonly missing?: MissingPolicy
  readonly inputFormat?: NonNullable<TableSource['format']>
}

/** How several detectors become one. */
export interface CombinationFlags {
  readonly combine?: CombinationMethod
  readonly unify?: UnificationMethod
  readonly weights?: ReadonlyArray<number>
}

/** What is detected with. */
export interface DetectorFlags extends CombinationFlags {
  readonly detector?: string
  readonly param?: Readonly<Record<string, unknown>>
  readonly contamination?: number
  readonly threshold?: ThresholdPolicy
  readonly seed?: number
}

/** How many threads share the long work. */
export interface ThreadFlags {
  readonly threads?: number
}

/** Where the output goes. */
export interface OutputFlags {
  readonly format?: OutputFormat
  readonly output?: string
}

/** What the argument FILE of a command is. */
export const FILE_HELP = 'CSV, TSV (both also .gz), JSON, JSON lines or Parquet; - is the standard input'

/** Adds the flags of `ReadingFlags`; a stored model knows its columns and their encoding. */
export function addReadingFlags(
  command: Command,
  { hasModel = false, learns = false }: { readonly hasModel?: boolean; readonly learns?: boolean } = {},
): Command {
  if (!hasModel) {
    command
      .option('--columns <names>', 'use these columns only: a,b,c', parseNames)
      .addOption(choice(command, '--encode <method>', 'make numbers of text columns', ['onehot', 'ordinal']))
  }
  return command
    .option(
      '--label <column>',
      `column of known labels (0 normal, 1 anomaly): ${learns ? 'learned from by --combine stack alone' : 'never learned from'}, only compared with${learns ? ' otherwise' : ''}`,
    )
    .addOption(choice(command, '--missing <policy>', 'missing values', ['reject', 'drop', 'median'], 'reject'))
    .addOption(
      choice(command, '--input-format <format>', 'default: by the name, or the first bytes', [
        'csv',
        'tsv',
        'json',
        'jsonl',
        'parquet',
      ]),
    )
}

/** Adds the flags of `DetectorFlags`. */
export function addDetectorFlags(command: Command): Command {
  command.option(
    '--detector <ids>',
    'see the command detectors; a,b,c combines several, auto chooses (default: iforest)',
  )
  return addCombinationFlags(command, { learns: true })
    .option(
      '--param <name=value>',
      'a parameter, of one of several as knn.nNeighbors=10; may be repeated',
      parseParameter,
    )
    .option('--contamination <share>', 'expected share of anomalies (default: 0.1)', parseContamination)
    .option('--threshold <score>', 'instead: a score, mad, or mad:3.5 (median + 3.5 MADs)', parseThreshold)
    .option('--seed <number>', 'the same seed gives the same result (default: 0)', parseCount)
}

/** Adds the flags of `CombinationFlags`; `stack` only where labels may be learned from. */
export function addCombinationFlags(command: Command, { learns = false }: { readonly learns?: boolean } = {}): Command {
  return command
    .addOption(
      choice(
        command,
        '--combine <method>',
        'how the scores of several detectors become one',
        ['average', 'max', 'median', 'aom', 'moa', 'vote', ...(learns ? ['stack'] : [])],
        'average',
      ),
    )
    .addOption(
      choice(
        command,
        '--unify <method>',
        'how they are brought to one scale first',
        ['rank', 'z-score', 'min-max', 'regularized', 'gaussian', 'gamma'],
        'z-score',
      ),
    )
    .option('--weights <numbers>', 'of average and vote, one for each detector: 2,1,1', parseWeights)
}

/** Adds the flags of `ThreadFlags`. */
export function addThreadFlags(command: Command): Command {
  return command.option(
    '--threads <number>',
    'threads that share long work, same result on any number (default: one a processor, 16 at most)',
    parseThreads,
  )
}

/** Adds the flags of `OutputFlags`. */
export function addOutputFlags(command: Command): Command {
  return command
    .addOption(
      choice(command, '--format <format>', 'default: a table on a terminal, csv in a pipe', [
        'table',
        'csv',
        'json',
        'jsonl',
      ]),
    )
    .option('-o, --output <file>', 'write there, whole or not at all')
}

/** An option that takes one of some values. */
export function choice(
  command: Command,
  flags: string,
  description: string,
  choices: ReadonlyArray<string>,
  shownDefault?: string,
): ReturnType<Command['createOption']> {
  const shown = shownDefault === undefined ? description : `${description} (default: ${shownDefault})`
  return command.createOption(flags, shown).choices(choices)
}
