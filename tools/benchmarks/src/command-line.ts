import { parseArgs } from 'node:util'

import type { DriftCommand } from './drift/bench-drift.ts'
import { type ServeBigCommand, serveBigUsage, type ServeCommand, serveUsage } from './serve/serve-command.ts'
import { type Size, parseSize } from './size.ts'
import { type NabCommand, nabOrStream, type StreamCommand, streamUsage } from './stream/stream-commands.ts'

/** What to measure against the peers. */
export interface SpeedCommand {
  readonly kind: 'speed'
  readonly sizes: ReadonlyArray<Size>
  /** Ids; all where left out. */
  readonly detectors: ReadonlyArray<string> | undefined
  readonly repetitions: number
  readonly seed: number
  readonly quietSeconds: number
  /** Whether the contests that take minutes run too. */
  readonly all: boolean
  readonly write: boolean
}

/** What to compare with the reference figures. */
export interface AccuracyCommand {
  readonly kind: 'accuracy'
  readonly detectors: ReadonlyArray<string> | undefined
  /** Sets with more rows are left out. */
  readonly mostRows: number
  readonly write: boolean
}

/** What to find the anomalies of two files beside pandas and scikit-learn with. */
export interface FilesCommand {
  readonly kind: 'files'
  readonly rows: number
  readonly repetitions: number
  readonly seed: number
  readonly quietSeconds: number
  readonly write: boolean
}

/** What to fit the growth of the time with the rows from. */
export interface GrowthCommand {
  readonly kind: 'growth'
  readonly detectors: ReadonlyArray<string> | undefined
  readonly fewestRows: number
  readonly mostRows: number
  /** A detector whose run takes so long gets no more rows. */
  readonly seconds: number
  readonly seed: number
  readonly write: boolean
}

/** What to time on one thread and on several. */
export interface ThreadsCommand {
  readonly kind: 'threads'
  /** Ids; all that are cut into parts where left out. */
  readonly detectors: ReadonlyArray<string> | undefined
  readonly threads: number
  readonly repetitions: number
  readonly seed: number
  readonly write: boolean
}

/** What to measure of the MLOps store. */
export interface MlopsCommand {
  readonly kind: 'mlops'
  /** Runs to search among. */
  readonly runs: number
  /** Of each search. */
  readonly repetitions: number
  readonly seed: number
  readonly write: boolean
}

/** What to measure of the MLflow API over HTTP, beside MLflow's own server. */
export interface MlopsHttpCommand {
  readonly kind: 'mlops-http'
  /** Runs to search among. */
  readonly runs: number
  /** How long 20 clients log at once. */
  readonly seconds: number
  readonly write: boolean
}

/** All tables of detectors but the accuracy, one after another. */
export interface AllCommand {
  readonly kind: 'all'
  readonly commands: readonly [SpeedCommand, FilesCommand, GrowthCommand, ThreadsCommand]
}

/** What the command line asks for. `measure` is for the command itself: it starts one process a measurement. */
export type Command =
  | SpeedCommand
  | AccuracyCommand
  | FilesCommand
  | GrowthCommand
  | ThreadsCommand
  | MlopsCommand
  | MlopsHttpCommand
  | NabCommand
  | StreamCommand
  | DriftCommand
  | ServeCommand
  | ServeBigCommand
  | AllCommand
  | { readonly kind: 'help' }
  | { readonly kind: 'measure'; readonly order: string }

/** The text of --help. */
export const usage: string = `npx -y pnpm@12 run bench -- [speed] [options]     our speed and memory beside scikit-learn's and PyOD's
  --sizes LIST        default 10000x10,100000x10,100000x50,1000000x10
  --detectors LIST    default all that have a peer
  --reps N            processes a side and contest, default 5
  --quiet SECONDS     wait so long at most, before each measurement, for a quiet machine; default 0
  --all               also what takes minutes: neighbour methods above 10,000 rows
  --seed N            of data and detectors, default 1
  --quick             2000x10 once, docs left alone: shows that all of it works
npx -y pnpm@12 run bench -- accuracy [options]    our ROC-AUC on ADBench beside PyOD's
  --detectors LIST    default all that have a reference
  --max-rows N        leave out larger sets; default 200000, which is all of them
npx -y pnpm@12 run bench -- files [options]       nomaly detect on a CSV file and its Parquet twin beside pandas + scikit-learn
  --rows N            of 10 columns, default 11900000: about 1 GB
  --reps N, --quiet SECONDS, --seed N as above; --reps 1 is the default
npx -y pnpm@12 run bench -- growth [options]      the exponent of time against rows, for each detector
  --detectors LIST    default all
  --rows N            the most, default 320000; the fewest are an 80th of it
  --seconds N         a detector that takes longer gets no more rows, default 2
npx -y pnpm@12 run bench -- threads [options]     wall time on one thread and on two
  --detectors LIST    default all whose work is cut into parts
  --threads N         default 2
  --reps N            runs each way, default 5
npx -y pnpm@12 run bench -- mlops [options]       searches, writes and series of the MLOps store
  --rows N            runs to search among, default 100000
  --reps N            of each search, default 30
npx -y pnpm@12 run bench -- mlops-http [options]  the MLflow API over HTTP beside MLflow's own server
  --rows N            runs to search among, default 100000
  --seconds N         that 20 clients log at once, default 60
${streamUsage}
${serveUsage}
${serveBigUsage}
npx -y pnpm@12 run bench -- drift [options]       false alarms and delays of drift detectors, and power of two-sample tests
  --reps N            streams of each kind, default 100; a twentieth of the pairs of samples
npx -y pnpm@12 run bench -- all [options]         speed, files, growth and threads, one after another
  --reps N, --seed N, --quiet SECONDS as above, for each of them
All write their tables into docs/benchmarks.md, mlops-http into docs/benchmarks-mlops.md, drift into docs/drift.md; --no-write only prints them.`

const options = {
  sizes: { type: 'string' },
  detectors: { type: 'string' },
  reps: { type: 'string' },
  quiet: { type: 'string' },
  seed: { type: 'string' },
  all: { type: 'boolean' },
  quick: { type: 'boolean' },
  write: { type: 'boolean' },
  'max-rows': { type: 'string' },
  rows: { type: 'string' },
  seconds: { type: 'string' },
  threads: { type: 'string' },
  connections: { type: 'string' },
  peers: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** Reads the arguments. @throws Error that says which one is wrong */
export function parseCommand(args: ReadonlyArray<string>): Command {
  if (args[0] === 'measure') return { kind: 'measure', order: args[1] ?? '' }
  const given = args[0] === '--' ? args.slice(1) : [...args] // pnpm hands its own `--` on
  const { values, positionals } = parseArgs({ args: given, options, allowPositionals: true, allowNegative: true })
  const [kind = 'speed', ...more] = positionals
  if (more.length > 0) throw new Error(`'${more.join(' ')}' is too much; options start with --`)
  if (kind === 'all') {
    const rest = given.filter((argument) => argument !== 'all')
    const commandOf = <K extends Command['kind']>(one: K): Extract<Command, { readonly kind: K }> => {
      const command = parseCommand([one, ...rest])
      if (isOfKind(command, one)) return command
      throw new Error(`'${one}' was read as '${command.kind}'`)
    }
    return { kind, commands: [commandOf('speed'), commandOf('files'), commandOf('growth'), commandOf('threads')] }
  }
  const detectors = values.detectors?.split(',')
  if (values.help) return { kind: 'help' }
  if (kind === 'accuracy') {
    return { kind, detectors, mostRows: whole('--max-rows', values['max-rows'], 200_000), write: values.write ?? true }
  }
  if (kind === 'files' || kind === 'growth') return fileOrGrowth(kind, values, detectors)
  if (kind === 'nab' || kind === 'stream') return nabOrStream(kind, values, whole)
  if (kind === 'serve') return { kind, seconds: whole('--seconds', values.seconds, 20, 1), write: values.write ?? true }
  if (kind === 'serve-big') {
    const rows = whole('--rows', values.rows, 10_000_000, 1000)
    const connections = whole('--connections', values.connections, 10_000)
    return { kind, rows, connections, write: values.write ?? true }
  }
  if (kind === 'drift') {
    const repetitions = whole('--reps', values.reps, 100, 1)
    return { kind, repetitions, seed: whole('--seed', values.seed, 1), write: values.write ?? true }
  }
  if (kind === 'threads') {
    return {
      kind,
      detectors,
      threads: whole('--threads', values.threads, 2, 2),
      repetitions: whole('--reps', values.reps, 5, 1),
      seed: whole('--seed', values.seed, 1),
      write: values.write ?? true,
    }
  }
  if (kind === 'mlops') {
    return {
      kind,
      runs: whole('--rows', values.rows, 100_000, 1000),
      repetitions: whole('--reps', values.reps, 30, 1),
      seed: whole('--seed', values.seed, 1),
      write: values.write ?? true,
    }
  }
  if (kind === 'mlops-http') {
    return {
      kind,
      runs: whole('--rows', values.rows, 100_000, 1000),
      seconds: whole('--seconds', values.seconds, 60, 1),
      write: values.write ?? true,
    }
  }
  if (kind !== 'speed')
    throw new Error(
      `'${kind}' is no command; there are: speed, accuracy, files, growth, threads, mlops, mlops-http, nab, stream, drift, serve, serve-big, all`,
    )
  const quick = values.quick ?? false
  const sizes = values.sizes ?? (quick ? '2000x10' : '10000x10,100000x10,100000x50,1000000x10')
  return {
    kind,
    sizes: sizes.split(',').map(parseSize),
    detectors,
    repetitions: whole('--reps', values.reps, quick ? 1 : 5, 1),
    seed: whole('--seed', values.seed, 1),
    quietSeconds: whole('--quiet', values.quiet, 0),
    all: values.all ?? false,
    write: values.write ?? !quick,
  }
}

function isOfKind<K extends Command['kind']>(
  command: Command,
  kind: K,
): command is Extract<Command, { readonly kind: K }> {
  return command.kind === kind
}

interface GivenValues {
  readonly rows?: string | undefined
  readonly reps?: string | undefined
  readonly quiet?: string | undefined
  readonly seed?: string | undefined
  readonly seconds?: string | undefined
  readonly write?: boolean | undefined
}

function fileOrGrowth(
  kind: 'files' | 'growth',
  values: GivenValues,
  detectors: ReadonlyArray<string> | undefined,
): FilesCommand | GrowthCommand {
  const seed = whole('--seed', values.seed, 1)
  const write = values.write ?? true
  if (kind === 'growth') {
    const mostRows = whole('--rows', values.rows, 320_000, 800)
    const seconds = whole('--seconds', values.seconds, 2, 1)
    return { kind, detectors, fewestRows: Math.floor(mostRows / 80), mostRows, seconds, seed, write }
  }
  return {
    kind,
    rows: whole('--rows', values.rows, 11_900_000, 300),
    repetitions: whole('--reps', values.reps, 1, 1),
    seed,
    quietSeconds: whole('--quiet', values.quiet, 0),
    write,
  }
}

function whole(option: string, text: string | undefined, otherwise: number, least = 0): number {
  if (text === undefined) return otherwise
  if (/^\d+$/.test(text) && Number(text) >= least && Number.isSafeInteger(Number(text))) return Number(text)
  throw new Error(`${option} is '${text}'; it must be a whole number from ${least} on`)
}
