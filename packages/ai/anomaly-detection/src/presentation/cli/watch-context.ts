import type { SampleSourceReader } from '../../application/ports/sample-source.ts'
import type { StreamStateStore } from '../../application/ports/stream-state-store.ts'
import type { CommandSettings, NoteKind } from './command-context.ts'

/** What `watch` needs from the program that it is part of. Everything heavy is behind a function. */
export interface WatchCommandContext {
  readonly samples: () => Promise<SampleSourceReader>
  readonly watchState: (path: string) => Promise<WatchState>
  /** A place for the models of idle entities, beside the state of this path; without one, a place that goes with the process. */
  readonly entities: (statePath: string | undefined) => Promise<StreamStateStore & { readonly close: () => void }>
  readonly settings: () => Promise<CommandSettings>
  /** Writes to the standard output; resolves when there is room for more. Rejects when nobody reads any more. */
  readonly write: (text: string) => Promise<void>
  readonly isTerminal: (target: object) => boolean
  readonly note: (text: string, kind: NoteKind) => void
  readonly exitWith: (code: number) => void
  readonly signal: AbortSignal
}

/** Where a state is kept. */
export interface WatchState {
  /** What was saved last; undefined where there is none. */
  readonly load: () => Promise<unknown>
  /** Replaces it as a whole. */
  readonly save: (state: unknown) => Promise<void>
}
