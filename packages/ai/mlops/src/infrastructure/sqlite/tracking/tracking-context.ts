import type { Database } from '../database.ts'
import type { Words } from './words.ts'

/** What every tracking store needs. */
export interface TrackingContext {
  readonly database: Database
  readonly words: Words
  /** URI under which artifacts of new experiments are kept, without a trailing `/`. */
  readonly artifactRoot: string
  /** Epoch milliseconds. */
  readonly now: () => number
  /** 32 hexadecimal digits, never the same twice. */
  readonly newId: () => string
  /** How long after a run's end (or a later point) its series may be compacted, in milliseconds. */
  readonly compactAfterMs: number
}

/** Where an experiment of that root keeps artifacts unless it says otherwise. */
export function defaultLocation({ artifactRoot }: TrackingContext, experimentId: number): string {
  return `${artifactRoot}/${experimentId}`
}
