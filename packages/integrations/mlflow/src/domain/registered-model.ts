import type { ModelVersion } from './model-version.ts'
import type { Tags } from './tags.ts'

/** A name under which versions of a model are kept. */
export interface RegisteredModel {
  readonly name: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  /** Epoch milliseconds. */
  readonly updatedAt: number
  readonly description: string
  readonly tags: Tags
  /** Version by alias. */
  readonly aliases: Readonly<Record<string, string>>
  /** The newest version of each stage that has one. */
  readonly latestVersions: ReadonlyArray<ModelVersion>
}

/** What a new registered model may say of itself. */
export interface NewRegisteredModel {
  readonly name: string
  readonly description?: string
  readonly tags?: Tags
}

/** One change of a registered model. */
export type RegisteredModelChange =
  | { readonly kind: 'rename'; readonly name: string }
  | { readonly kind: 'describe'; readonly description: string }
  | { readonly kind: 'set-tag'; readonly key: string; readonly value: string }
  /** A missing tag or alias is harmless. */
  | { readonly kind: 'delete-tag'; readonly key: string }
  /** Moves the alias if another version has it. */
  | { readonly kind: 'set-alias'; readonly alias: string; readonly version: string }
  | { readonly kind: 'delete-alias'; readonly alias: string }
