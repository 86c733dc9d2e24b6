import type { ModelChoice } from '../../application/score-with-model.ts'

/** A version in a registry of models, of a detector or of anything else. */
export interface RegisteredVersion {
  readonly name: string
  /** Null for a name that has no version yet. */
  readonly version: number | null
  /** Epoch milliseconds. */
  readonly createdAt: number
  readonly stage: string
  readonly aliases: ReadonlyArray<string>
  readonly tags: Readonly<Record<string, string>>
  readonly description: string
  /** Where the files are; '' for a name without a version. */
  readonly source: string
  /** Of the name, where `tags` are the version's. */
  readonly modelTags: Readonly<Record<string, string>>
}

/** Finds what is registered: a version, all of a name, or all there is; nothing is an empty list. */
export type FindRegistered = (choice?: ModelChoice) => Promise<ReadonlyArray<RegisteredVersion>>
