import type { Command } from 'commander'

import { parseContamination, parseCount, parseNames, parseParameter, parseScore } from './flag-values.ts'
import { choice } from './flags.ts'
import type { WatchCommandContext } from './watch-context.ts'
import type { WatchFlags } from './watch-flags.ts'

/** Adds `watch [FILE]`. What it needs is loaded when it runs. */
export function addWatchCommand(program: Command, context: WatchCommandContext): void {
  const command = program
    .command('watch')
    .summary('score a live stream, a sample at a time')
    .description(
      'Scores each sample before it learns from it, with bounded memory for ever: JSON lines in, JSON lines out. Alarms ' +
        'start and end; drift says which features moved, from what to what, since when.',
    )
    .argument('[file]', 'JSON lines, CSV or TSV; - is the standard input', '-')
    .option('--columns <names>', 'score these fields: a,b,c (default: all numbers of the first sample)', parseNames)
    .option('--value <name>', 'score this field alone')
    .option('--time <name>', 'the field of the time: ISO 8601, or seconds or milliseconds since 1970')
    .option('--key <name>', 'the field of the entity: each has a model of its own')
    .option('--detector <id>', 'a detector of streams (default: surprise for one field, rcf for several)')
    .option('--param <name=value>', 'a parameter of the detector; may be repeated', parseParameter)
    .option('--calibrator <id>', 'what makes probabilities of scores, or none')
    .option(
      '--threshold <score>',
      'anomalies are at or above it: a probability, or with --calibrator none a score',
      parseScore,
    )
    .option(
      '--false-alarms <share>',
      'instead: share of normal samples taken for anomalies (default: 0.005)',
      parseContamination,
    )
    .option('--contamination <share>', 'instead: expected share of anomalies', parseContamination)
  addStreamFlags(command)
  command.action(async (file: string, flags: WatchFlags) => {
    const { runWatch } = await import('./run-watch.ts')
    await runWatch(file, flags, context)
  })
}

function addStreamFlags(command: Command): void {
  command
    .addOption(choice(command, '--missing <policy>', 'missing numbers', ['skip', 'carry', 'impute', 'refuse'], 'skip'))
    .option('--lateness <ms>', 'put samples in order that come up to so much late (default: 0)', parseCount)
    .option('--step <ms>', 'make one sample, their mean, of those in each step', parseCount)
    .option('--drift <id>', 'also tell drift: adwin, page-hinkley, kswin, ... (default: none; adwin with the next two)')
    .addOption(choice(command, '--drift-in <what>', 'what is watched', ['score', 'features', 'both'], 'score'))
    .addOption(
      choice(command, '--on-drift <policy>', 'what is done', ['alert', 'retrain', 'switch', 'roll-back'], 'alert'),
    )
    .option('--live-keys <number>', 'models of entities in memory; idle ones wait on disk (default: 256)', parseCount)
    .option('--seed <number>', 'the same seed gives the same scores (default: 0)', parseCount)
    .option('--state <file>', 'go on from there, and keep what is known there')
    .option('--save-every <samples>', 'how often, at most; also every 5 seconds', parseCount, 10_000)
    .option('--follow', 'wait for more at the end of the file, also when it is rotated or cut')
    .option('--only-anomalies', 'leave out normal samples')
    .addOption(choice(command, '--on-error <policy>', 'lines that cannot be read', ['skip', 'fail']).default('skip'))
    .addOption(choice(command, '--input-format <format>', 'default: by the name, else jsonl', ['jsonl', 'csv', 'tsv']))
    .addOption(
      choice(command, '--format <format>', 'default: a table on a terminal, jsonl in a pipe', [
        'jsonl',
        'csv',
        'table',
      ]),
    )
}
