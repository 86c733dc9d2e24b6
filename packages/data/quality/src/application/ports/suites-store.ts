import type { Suite } from '../../domain/expectation.ts'

/** One version of a suite. */
export interface KeptSuite {
  readonly suite: Suite
  /** From 1 on. */
  readonly version: number
  /** Epoch milliseconds. */
  readonly savedAt: number
}

/**
 * Keeps suites by name, each change as a version of its own; versions are never changed. Several processes may use one store.
 * Failures reject with QualityError `quality/storage-failed`.
 */
export interface SuitesStore {
  /** Keeps a suite under its name. What equals the newest version makes no new one: that is answered. */
  readonly save: (suite: Suite, savedAt: number) => Promise<KeptSuite>
  /** That version, or the newest. undefined where there is none. */
  readonly get: (name: string, version?: number) => Promise<KeptSuite | undefined>
  /** The newest version of every suite, by name in the order of code points. */
  readonly list: () => Promise<ReadonlyArray<KeptSuite>>
  /** Numbers and times of all versions of one suite, newest first; empty for an unknown name. */
  readonly versions: (name: string) => Promise<ReadonlyArray<Omit<KeptSuite, 'suite'>>>
}
