import type { Suite } from '../../domain/expectation.ts'

/** Something that is not in the translation. */
export interface Untranslated {
  /** Where it stands in what was read: `['properties', 'amount', 'multipleOf']`. */
  readonly path: ReadonlyArray<string | number>
  readonly reason: string
  /** Whether less is expected without it; false for what says how to run or show. */
  readonly weakens: boolean
}

/** A suite made from something else, and what is not in it. */
export interface ImportedSuite {
  readonly suite: Suite
  readonly untranslated: ReadonlyArray<Untranslated>
}

/** A document made from a suite, and what is not in it. */
export interface ExportedSuite {
  readonly document: Readonly<Record<string, unknown>>
  readonly untranslated: ReadonlyArray<Untranslated>
}
