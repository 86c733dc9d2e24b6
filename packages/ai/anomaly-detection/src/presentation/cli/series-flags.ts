import type { Command } from 'commander'

import type { GridAggregate } from '../../domain/time-series/regular-grid.ts'
import { parseDuration, parsePeriod } from './flag-values.ts'
import { choice } from './flags.ts'

/** What `detect` takes for time series. */
export interface SeriesFlags {
  readonly time?: string
  readonly value?: string
  readonly key?: string
  readonly period?: number | 'auto'
  readonly step?: number
  readonly aggregate?: GridAggregate
  readonly order?: 'sort' | 'refuse'
  readonly smooth?: number
}

/** Adds the flags of `SeriesFlags`. */
export function addSeriesFlags(command: Command, parseCount: (text: string) => number): void {
  command
    .option('--time <column>', 'the rows are a time series, ordered by this column: ISO 8601, or s or ms since 1970')
    .option('--value <column>', 'with --time: the values (default: the only column of numbers)')
    .option('--key <column>', 'with --time: a series for each value of this column')
    .option('--period <points>', 'with --time: points in a cycle, or auto (default: auto)', parsePeriod)
    .option(
      '--step <duration>',
      'with --time: from point to point, such as 30s, 5m, 1h, 1d (default: by the data)',
      parseDuration,
    )
    .addOption(
      choice(
        command,
        '--aggregate <method>',
        'with --time: what becomes of several rows at one point',
        ['mean', 'median', 'min', 'max', 'sum', 'last'],
        'mean',
      ),
    )
    .addOption(choice(command, '--order <policy>', 'with --time: rows out of order', ['sort', 'refuse'], 'sort'))
    .option('--smooth <points>', 'with --time: mean score over so many points, to find stretches', parseCount)
}
