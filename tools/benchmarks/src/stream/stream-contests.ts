/** What is measured of streams, and what it is held against. */
export interface StreamContest {
  /** Of this contest, the same in peers/stream/measure.py where there is a peer. */
  readonly id: string
  readonly what: string
  /** Numbers a sample. */
  readonly columns: number
  readonly ours: StreamWork
  /** Who does the same; undefined: nobody that installs. */
  readonly peer?: string | undefined
  /** Points per second that are asked for, whoever is beside us. */
  readonly least?: number | undefined
  /** Times the peer that are asked for. */
  readonly timesPeer?: number | undefined
}

/** A part of a catalogue, or one of the things that stand in none. */
export type StreamWork =
  | {
      readonly kind: 'detector' | 'drift'
      readonly id: string
      readonly parameters: Readonly<Record<string, unknown>>
    }
  | { readonly kind: 'left-profile' | 'matrix-profile' }

/** In the order of the table. */
export const streamContests: ReadonlyArray<StreamContest> = [
  detector('rcf-10d', 'random cut forest, 50 x 256, 10 numbers', 10, 'rcf', {}, { least: 20_000 }),
  detector('rcf-shingle', 'random cut forest, 50 x 256, shingle 8', 1, 'rcf', { shingleSize: 8 }, { least: 22_000 }),
  detector('rcf-1d', 'random cut forest, 50 x 256, one number', 1, 'rcf', {}, { least: 41_700 }),
  detector('surprise', 'surprise (METRIC_ALERTS), one number', 1, 'surprise', {}),
  detector('rrcf-40', 'RRCF, 40 x 256, 10 numbers', 10, 'rrcf', {}, { peer: 'rrcf' }),
  detector(
    'hst-10x8',
    'half-space trees, 10 x 8',
    10,
    'half-space-trees',
    { trees: 10, height: 8 },
    { peer: 'River', timesPeer: 20 },
  ),
  detector(
    'hst-25x8',
    'half-space trees, 25 x 8',
    10,
    'half-space-trees',
    { trees: 25, height: 8 },
    { peer: 'River', least: 300_000 },
  ),
  detector('hst-25x15', 'half-space trees, 25 x 15', 10, 'half-space-trees', {}, { peer: 'River', least: 50_000 }),
  detector('loda', 'LODA, 100 projections', 10, 'loda', {}, { peer: 'PySAD', least: 28_000 }),
  detector('rs-hash', 'RS-Hash', 10, 'rs-hash', {}, { peer: 'PySAD', least: 80_000 }),
  detector('xstream', 'xStream, 100 x 100', 10, 'xstream', {}, { peer: 'PySAD', least: 2000 }),
  detector('online-iforest', 'online isolation forest', 10, 'online-iforest', {}, { least: 10_000 }),
  drift('adwin', 'ADWIN', { peer: 'River', least: 5_000_000 }),
  drift('page-hinkley', 'Page-Hinkley', { peer: 'River', least: 20_000_000 }),
  drift('kswin', 'KSWIN', { peer: 'River', least: 100_000 }),
  {
    id: 'left-profile',
    what: 'left matrix profile, history 5,000, m = 100',
    columns: 1,
    ours: { kind: 'left-profile' },
    peer: 'stumpy',
    least: 10_000,
  },
  {
    id: 'matrix-profile',
    what: 'matrix profile, n = 20,000, m = 100',
    columns: 1,
    ours: { kind: 'matrix-profile' },
    peer: 'stumpy',
    timesPeer: 1,
  },
]

type Bar = Pick<StreamContest, 'peer' | 'least' | 'timesPeer'>

function detector(
  id: string,
  what: string,
  columns: number,
  part: string,
  parameters: Readonly<Record<string, unknown>>,
  bar: Bar = {},
): StreamContest {
  return { id, what, columns, ours: { kind: 'detector', id: part, parameters }, ...bar }
}

function drift(id: string, what: string, bar: Bar): StreamContest {
  return { id, what, columns: 1, ours: { kind: 'drift', id, parameters: {} }, ...bar }
}
