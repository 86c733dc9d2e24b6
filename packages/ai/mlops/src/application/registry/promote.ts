import { MlopsError } from '../../domain/errors.ts'
import type { ModelVersion } from '../../domain/model-version.ts'
import { notFound } from '../../domain/refusals.ts'
import type { Promotion } from '../../domain/registry/promotion.ts'
import type { GateContext, PromotionGate } from '../gates/gate.ts'
import { judge } from './judge.ts'
import { loggedValue } from './logged-value.ts'
import type { ModelRegistryDeps } from './registry-deps.ts'

/** A version by model and number; a `ModelVersion` is one. */
export interface VersionKey {
  readonly name: string
  readonly version: string
}

/** Asks all gates, records their evidence, and moves the alias when all passed. */
export async function promote(
  deps: ModelRegistryDeps,
  key: VersionKey,
  alias: string,
  gates: ReadonlyArray<PromotionGate>,
  requestedBy: string,
): Promise<Promotion> {
  const candidate = await existingVersion(deps, key)
  const predecessor = await holderOf(deps, key.name, alias)
  const evidence = await judge(gates, contextOf(deps, candidate, alias))
  const refusals = evidence.filter(({ passed }) => !passed)
  const promotion = await deps.promotions.record({
    name: key.name,
    alias,
    outcome: refusals.length === 0 ? 'promoted' : 'refused',
    version: key.version,
    ...(predecessor === undefined ? {} : { predecessor: predecessor.version }),
    requestedBy,
    gates: evidence,
  })
  if (refusals.length === 0) return promotion
  const names = refusals.map(({ gate }) => gate).join(', ')
  const message = `${key.name}/${key.version} is not promoted to ${alias}: ${names} did not pass`
  throw new MlopsError('mlops/gate-refused', message, { promotionId: promotion.id, evidence })
}

/** Gives the alias back to who had it before its present holder was promoted. */
export async function rollBack(
  deps: ModelRegistryDeps,
  name: string,
  alias: string,
  requestedBy: string,
): Promise<Promotion> {
  const holder = await holderOf(deps, name, alias)
  if (holder === undefined) throw notFound('alias', alias, { name })
  const rise = riseOf(await deps.promotions.list(name, alias))
  if (rise?.predecessor === undefined || rise.version !== holder.version) {
    const message = `there is nothing to go back to: no promotion to ${alias} before ${name}/${holder.version} is on record`
    throw new MlopsError('mlops/invalid-state', message, { entity: 'alias', key: alias, name })
  }
  const predecessor = holder.version
  return deps.promotions.record({
    name,
    alias,
    outcome: 'rolled-back',
    version: rise.predecessor,
    predecessor,
    requestedBy,
    gates: [],
  })
}

/** The promotion that is in force: each rollback undid the last one that was. @param decisions - newest first */
function riseOf(decisions: ReadonlyArray<Promotion>): Promotion | undefined {
  const rises: Promotion[] = []
  for (const decision of decisions.toReversed()) {
    if (decision.outcome === 'promoted') rises.push(decision)
    if (decision.outcome === 'rolled-back') rises.pop()
  }
  return rises.at(-1)
}

/** @throws MlopsError `mlops/not-found` */
export async function existingVersion(
  { modelVersions }: Pick<ModelRegistryDeps, 'modelVersions'>,
  { name, version }: VersionKey,
): Promise<ModelVersion> {
  const found = await modelVersions.find(name, version)
  if (found === undefined) throw notFound('model version', `${name}/${version}`, { name, version })
  return found
}

/** Who has the alias, if any. @throws MlopsError `mlops/not-found` for the model */
export async function holderOf(
  { registeredModels, modelVersions }: Pick<ModelRegistryDeps, 'registeredModels' | 'modelVersions'>,
  name: string,
  alias: string,
): Promise<ModelVersion | undefined> {
  const model = await registeredModels.find(name)
  if (model === undefined) throw notFound('registered model', name)
  const version = Object.hasOwn(model.aliases, alias) ? model.aliases[alias] : undefined
  return version === undefined ? undefined : modelVersions.find(name, version)
}

function contextOf(deps: ModelRegistryDeps, candidate: ModelVersion, alias: string): GateContext {
  const { name, version } = candidate
  return {
    candidate,
    alias,
    now: deps.now(),
    holderOf: (of) => holderOf(deps, name, of),
    metricOf: (of, key) => loggedValue(deps, of, key),
    approvals: () => deps.approvals.list(name, version),
    driftOf: async (of, since) => deps.drift?.since(of, since),
  }
}
