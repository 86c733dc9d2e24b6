import type { ArtifactStore } from '../../application/ports/artifact-store.ts'
import type { ExperimentStore } from '../../application/ports/experiment-store.ts'
import type { LoggedModelStore } from '../../application/ports/logged-model-store.ts'
import type { Purger } from '../../application/ports/purger.ts'
import type { RunStore } from '../../application/ports/run-store.ts'
import type { ModelRegistry } from '../../application/registry/model-registry.ts'
import type { ExperimentTracker } from '../../application/tracking/experiment-tracker.ts'

/** How records are written. */
export type ShownFormat = 'table' | 'csv' | 'json' | 'jsonl'

/** One column of what is printed. */
export interface ShownColumn {
  readonly name: string
  /** An integer is a count or an id; a number may be rounded in a table, and nowhere else. */
  readonly kind: 'integer' | 'number' | 'text'
  /** How a value that is neither number nor text reads in a table and in CSV; JSON shows the value itself. */
  readonly text?: ((value: unknown) => string) | undefined
}

/** Records to print. */
export interface ShownRecords {
  readonly columns: ReadonlyArray<ShownColumn>
  readonly rows: Iterable<ReadonlyArray<unknown>>
  /** In a table: `rows` (default) is a line a record, `fields` a line a field, for a single record. */
  readonly layout?: 'rows' | 'fields' | undefined
}

/** Where records go; without a file, to the standard output. */
export interface ShownTarget {
  readonly format?: ShownFormat | undefined
  readonly file?: string | undefined
}

/** What the commands work with. */
export interface MlopsCommandServices {
  readonly experiments: ExperimentStore
  readonly runs: RunStore
  readonly loggedModels: LoggedModelStore
  readonly artifacts: ArtifactStore
  readonly purger: Purger
  readonly tracker: Pick<ExperimentTracker, 'searchRuns' | 'compare' | 'experimentIdOf'>
  readonly registry: ModelRegistry
}

/** What the commands need from the program that they are part of. Everything heavy is behind a function. */
export interface MlopsCommandContext {
  readonly mlops: () => Promise<MlopsCommandServices>
  /** Rejects when the output could not be written whole. */
  readonly print: (records: ShownRecords, target: ShownTarget) => Promise<void>
  /** A line for people, beside the output: a summary is shown on a terminal only. */
  readonly note: (text: string, kind: 'summary' | 'asked' | 'warning') => void
  /** The exit code to end with when nothing goes wrong; default 0. */
  readonly exitWith: (code: number) => void
  /** Reads a file in parts; `-` is the standard input. */
  readonly readBytes: (path: string) => AsyncIterable<Uint8Array>
  /** Writes a file, whole or not at all; without a path to the standard output. */
  readonly writeBytes: (path: string | undefined, content: AsyncIterable<Uint8Array>) => Promise<void>
}
