import type { ModelRepository } from '../../application/ports/model-repository.ts'
import type { Table, TableSource } from '../../application/ports/table-reader.ts'
import type { EncodingMethod } from '../../domain/column-encoding.ts'
import type { MissingPolicy } from '../../domain/missing-values.ts'
import type { DetectionWork } from './detection-work.ts'
import type { CommandTracking } from './fit-tracking.ts'
import type { ThreadFlags } from './flags.ts'
import type { OutputFormat } from './output-format.ts'
import type { FindRegistered } from './registered-version.ts'
import type { ResultAccess } from './result-room.ts'

/** One column of what is printed. */
export interface OutputColumn {
  readonly name: string
  /** An integer is a count or an id; a number may be rounded in a table, and nowhere else. */
  readonly kind: 'integer' | 'number' | 'text'
  /** How a value that is neither number nor text reads in a table and in CSV; JSON shows the value itself. */
  readonly text?: ((value: unknown) => string) | undefined
}

/** Records to print. */
export interface OutputRecords {
  readonly columns: ReadonlyArray<OutputColumn>
  readonly rows: Iterable<ReadonlyArray<unknown>>
  /** In a table: `rows` (default) is a line a record, `fields` a line a field, for a single record. */
  readonly layout?: 'rows' | 'fields' | undefined
}

/** Where records go; without a file, to the standard output. */
export interface OutputTarget {
  readonly format?: OutputFormat | undefined
  readonly file?: string | undefined
}

/** What the user has set once, outside the flags; a flag wins over each. */
export interface CommandSettings {
  readonly detector?: string | undefined
  readonly contamination?: number | undefined
  readonly seed?: number | undefined
  readonly missing?: MissingPolicy | undefined
  readonly encode?: EncodingMethod | undefined
  readonly format?: OutputFormat | undefined
}

/** When a note is shown: on a terminal; also elsewhere, as it was asked for; or even where notes are unwanted. */
export type NoteKind = 'summary' | 'asked' | 'warning'

/** What the commands need from the program that they are part of. Everything heavy is behind a function. */
export interface DetectionCommandContext {
  readonly openTable: (source: TableSource) => Promise<Table>
  /** A whole file as text; absent where files other than tables cannot be read. */
  readonly readText?: (path: string) => Promise<string>
  /** @param flags - how many threads; without it the program decides */
  readonly work: (flags: ThreadFlags) => Promise<DetectionWork>
  readonly models: () => Promise<ModelRepository>
  /** What a registry has, which `models` shows beside the kept ones; absent where there is no registry. */
  readonly registeredModels?: FindRegistered
  /** Where it is missing `fit` and `evaluate` have no flag `--track`. */
  readonly tracking?: CommandTracking
  /** Kept results; where it is missing there are no commands about them, and `detect` keeps none. */
  readonly results?: ResultAccess
  readonly settings: () => Promise<CommandSettings>
  /** Rejects when the output could not be written whole. */
  readonly print: (records: OutputRecords, target: OutputTarget) => Promise<void>
  /** How records will be written there. */
  readonly formatOf: (target: OutputTarget) => Promise<OutputFormat>
  /** Whether somebody is looking at what will be printed there. */
  readonly isTerminal: (target: OutputTarget) => boolean
  /**
   * Writes a picture in front of the output, where somebody looks on; absent where nobody ever does.
   * @param picture - lines for a screen so many characters wide; `mark` colours what catches the eye, where colours are wanted
   */
  readonly draw?: (picture: (width: number, mark: (text: string) => string) => ReadonlyArray<string>) => Promise<void>
  /** A line for people, beside the output. */
  readonly note: (text: string, kind: NoteKind) => void
  /** What goes on now, for people who wait; undefined when it is over. */
  readonly progress: (text: string | undefined) => void
  /** The exit code to end with when nothing goes wrong; default 0. */
  readonly exitWith: (code: number) => void
  readonly signal: AbortSignal
}
