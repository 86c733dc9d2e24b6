import { MlopsError } from '../../domain/errors.ts'
import type { ModelVersion, NewModelVersion, Stage } from '../../domain/model-version.ts'
import type { Page, SearchQuery } from '../../domain/page.ts'
import { invalidArgument, notFound } from '../../domain/refusals.ts'
import type { RegisteredModel } from '../../domain/registered-model.ts'
import type { Approval, Promotion } from '../../domain/registry/promotion.ts'
import type { Tags } from '../../domain/tags.ts'
import type { PromotionGate } from '../gates/gate.ts'
import { modelLineage, type ModelLineage } from './model-lineage.ts'
import { modelLocation } from './model-location.ts'
import { type VersionKey, existingVersion, promote, rollBack } from './promote.ts'
import type { ModelRegistryDeps } from './registry-deps.ts'
import { resolveVersion } from './resolve-version.ts'

/** What becomes a version: a run's artifact, a logged model, or files at any URI. */
export type Registration = {
  readonly name: string
  readonly description?: string
  readonly tags?: Tags
  readonly userId?: string
} & (
  | { readonly runId: string; /** Within the run's artifacts. */ readonly path: string }
  | { readonly modelId: string }
  | { readonly source: string }
)

/** Names for models and their versions, and who may get an alias. */
export class ModelRegistry {
  readonly #deps: ModelRegistryDeps

  constructor(deps: ModelRegistryDeps) {
    this.#deps = deps
  }

  /** Adds a version, and the registered model too when it is not there. @throws MlopsError `mlops/not-found` for run or logged model */
  async register(registration: Registration): Promise<ModelVersion> {
    const origin = await this.#originOf(registration)
    const { name, description, tags, userId } = registration
    await this.#ensureModel(name)
    return this.#deps.modelVersions.create({
      name,
      ...origin,
      ...(description === undefined ? {} : { description }),
      ...(tags === undefined ? {} : { tags }),
      ...(userId === undefined ? {} : { userId }),
    })
  }

  /** Undefined when there is none. */
  model(name: string): Promise<RegisteredModel | undefined> {
    return this.#deps.registeredModels.find(name)
  }

  /** By name unless `orderBy` says otherwise. */
  models(query: SearchQuery = {}): Promise<Page<RegisteredModel>> {
    return this.#deps.registeredModels.search(query)
  }

  /** Last changed first unless `orderBy` says otherwise. */
  versions(query: SearchQuery = {}): Promise<Page<ModelVersion>> {
    return this.#deps.modelVersions.search(query)
  }

  /** `fraud/3`, `fraud@champion`, `fraud/Production` or `fraud/latest`, with `models:/` or without. @throws MlopsError `mlops/not-found` */
  version(uri: string): Promise<ModelVersion> {
    return resolveVersion(this.#deps, uri)
  }

  /** URI of the version's files. @throws MlopsError `mlops/not-found` */
  async locationOf(key: VersionKey): Promise<string> {
    return modelLocation(this.#deps, await existingVersion(this.#deps, key))
  }

  /** The run, data and logged models that a version comes from. @throws MlopsError `mlops/not-found` */
  async lineageOf(key: VersionKey): Promise<ModelLineage> {
    return modelLineage(this.#deps, await existingVersion(this.#deps, key))
  }

  /** Gives the alias to the version without a gate and without a record; `promote` has both. */
  async setAlias({ name, version }: VersionKey, alias: string): Promise<void> {
    await this.#deps.registeredModels.change(name, { kind: 'set-alias', alias, version })
  }

  /** A missing alias is harmless. */
  async deleteAlias(name: string, alias: string): Promise<void> {
    await this.#deps.registeredModels.change(name, { kind: 'delete-alias', alias })
  }

  /** For clients that know stages only. `archiveExisting`: the others of the stage go to Archived. */
  async setStage(
    key: VersionKey,
    stage: Stage,
    { archiveExisting = false }: { readonly archiveExisting?: boolean } = {},
  ): Promise<void> {
    await this.#deps.modelVersions.change(key.name, key.version, { kind: 'stage', stage, archiveExisting })
  }

  /** Sets tags of a version, or of the model when no version is named. */
  async setTags({ name, version }: { readonly name: string; readonly version?: string }, tags: Tags): Promise<void> {
    for (const [key, value] of Object.entries(tags)) {
      if (version === undefined) await this.#deps.registeredModels.change(name, { kind: 'set-tag', key, value })
      else await this.#deps.modelVersions.change(name, version, { kind: 'set-tag', key, value })
    }
  }

  /** Describes a version, or the model when no version is named. */
  async describe(
    { name, version }: { readonly name: string; readonly version?: string },
    description: string,
  ): Promise<void> {
    if (version === undefined) await this.#deps.registeredModels.change(name, { kind: 'describe', description })
    else await this.#deps.modelVersions.change(name, version, { kind: 'describe', description })
  }

  /** Deletes a version, or the model with all of them when no version is named. */
  async delete({ name, version }: { readonly name: string; readonly version?: string }): Promise<void> {
    if (version === undefined) await this.#deps.registeredModels.change(name, { kind: 'delete' })
    else await this.#deps.modelVersions.change(name, version, { kind: 'delete' })
  }

  /**
   * Gives the alias to the version if every gate lets it pass. Evidence and who had the alias before are stored in
   * either case. @throws MlopsError `mlops/gate-refused`, with `details.evidence`; `mlops/invalid-state` when the alias
   * was moved by somebody else meanwhile
   */
  promote(
    key: VersionKey,
    alias: string,
    gates: ReadonlyArray<PromotionGate>,
    { by = '' }: { readonly by?: string } = {},
  ): Promise<Promotion> {
    return promote(this.#deps, key, alias, gates, by)
  }

  /** Gives the alias back to who had it before. @throws MlopsError `mlops/invalid-state` when nobody had */
  rollBack(name: string, alias: string, { by = '' }: { readonly by?: string } = {}): Promise<Promotion> {
    return rollBack(this.#deps, name, alias, by)
  }

  /** Every decision about the aliases of a model, newest first. */
  promotions(name: string, alias?: string): Promise<ReadonlyArray<Promotion>> {
    return this.#deps.promotions.list(name, alias)
  }

  /** Records what somebody thinks of a version; the last word of each counts. Who calls vouches for the name. */
  approve(
    { name, version }: VersionKey,
    approver: string,
    { approved = true, comment = '' }: { readonly approved?: boolean; readonly comment?: string } = {},
  ): Promise<Approval> {
    if (approver.trim() === '') throw invalidArgument('approver', 'must not be blank', { found: approver })
    return this.#deps.approvals.record(name, version, { approver, approved, comment })
  }

  /** By approver. */
  approvals({ name, version }: VersionKey): Promise<ReadonlyArray<Approval>> {
    return this.#deps.approvals.list(name, version)
  }

  async #originOf(registration: Registration): Promise<Pick<NewModelVersion, 'source' | 'runId' | 'modelId'>> {
    if ('source' in registration) return { source: registration.source }
    if ('modelId' in registration) {
      const { modelId } = registration
      const model = await this.#deps.loggedModels.find(modelId)
      if (model === undefined) throw notFound('logged model', modelId)
      const origin = { source: `models:/${modelId}`, modelId }
      return model.sourceRunId === undefined ? origin : { ...origin, runId: model.sourceRunId }
    }
    const { runId, path } = registration
    const run = await this.#deps.runs.find(runId)
    if (run === undefined) throw notFound('run', runId)
    return { source: `${run.artifactLocation.replace(/\/$/, '')}/${path}`, runId }
  }

  async #ensureModel(name: string): Promise<void> {
    if ((await this.#deps.registeredModels.find(name)) !== undefined) return
    try {
      await this.#deps.registeredModels.create({ name })
    } catch (error) {
      // Somebody else was first: that is as good.
      if (!MlopsError.is(error) || error.code !== 'mlops/already-exists') throw error
    }
  }
}
