/** What to score on NAB. */
export interface NabCommand {
  readonly kind: 'nab'
  /** With how many seeds the presets are run. */
  readonly seeds: number
  readonly write: boolean
}

/** What to measure the speed of streams from, beside the peers. */
export interface StreamCommand {
  readonly kind: 'stream'
  /** Of CPU time, a measurement. */
  readonly seconds: number
  /** Measurements a side, the best of which counts. */
  readonly repetitions: number
  readonly seed: number
  /** Whether the peers are measured too. */
  readonly peers: boolean
  /** Samples over which the memory of a pipeline is shown to be flat. */
  readonly samples: number
  readonly write: boolean
}

/** The part of --help. */
export const streamUsage = `npx -y pnpm@12 run bench -- nab [options]         NAB scores and VUS-PR on the open files of NAB
  --reps N            seeds that the presets are run with, default 3
npx -y pnpm@12 run bench -- stream [options]      points per second of streams beside River, PySAD, rrcf and stumpy
  --seconds N         of CPU time, a measurement, default 5
  --reps N            measurements a side, the best counts, default 3
  --rows N            samples over which the memory of the cheapest pipeline is watched, default 100000000
  --no-peers          only ours`

interface GivenValues {
  readonly reps?: string | undefined
  readonly rows?: string | undefined
  readonly seed?: string | undefined
  readonly seconds?: string | undefined
  readonly peers?: boolean | undefined
  readonly write?: boolean | undefined
}

/** @param whole - reads a whole number, or takes the default */
export function nabOrStream(
  kind: 'nab' | 'stream',
  values: GivenValues,
  whole: (option: string, text: string | undefined, otherwise: number, least: number) => number,
): NabCommand | StreamCommand {
  const write = values.write ?? true
  if (kind === 'nab') return { kind, seeds: whole('--reps', values.reps, 3, 1), write }
  return {
    kind,
    seconds: whole('--seconds', values.seconds, 5, 1),
    repetitions: whole('--reps', values.reps, 3, 1),
    seed: whole('--seed', values.seed, 1, 0),
    peers: values.peers ?? true,
    samples: whole('--rows', values.rows, 100_000_000, 10_000),
    write,
  }
}
