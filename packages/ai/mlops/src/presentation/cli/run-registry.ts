import { approvedBy } from '../../application/gates/approved-by.ts'
import type { PromotionGate } from '../../application/gates/gate.ts'
import { metricAtLeast, metricAtMost, noWorseThan } from '../../application/gates/metric-gates.ts'
import { MlopsError } from '../../domain/errors.ts'
import type { Stage } from '../../domain/model-version.ts'
import { invalidArgument } from '../../domain/refusals.ts'
import type { GateEvidence } from '../../domain/registry/promotion.ts'
import type { MlopsCommandContext } from './command-context.ts'
import { eachOf } from './each-of.ts'
import { registeredModelOf, versionOf } from './find-things.ts'
import type { ListFlags, ShownFlags } from './flags.ts'
import { text, versionRecords } from './records.ts'

const REFUSED = 1

/** The flags of `models promote`. */
export interface PromoteFlags extends ShownFlags {
  readonly alias: string
  readonly atLeast?: ReadonlyArray<readonly [string, number]>
  readonly atMost?: ReadonlyArray<readonly [string, number]>
  readonly notWorse?: ReadonlyArray<string>
  readonly approvedBy?: ReadonlyArray<string>
  readonly by?: string
}

/** Runs `models versions NAME`. */
export async function listVersions(name: string, flags: ListFlags, context: MlopsCommandContext): Promise<void> {
  const { orderBy = ['version_number DESC'], limit, format, output } = flags
  const services = await context.mlops()
  await registeredModelOf(services, name)
  const filter = `name = '${name.replaceAll("'", "''")}'`
  const { items } = await services.registry.versions({ filter, orderBy, limit })
  await context.print(versionRecords(items), { format, file: output })
}

/** Runs `models promote VERSION --alias ALIAS`; prints what each gate saw, also of a refusal (exit code 1). */
export async function promoteVersion(wanted: string, flags: PromoteFlags, context: MlopsCommandContext): Promise<void> {
  const { alias, by = '' } = flags
  const services = await context.mlops()
  const version = await versionOf(services, wanted)
  try {
    const { gates } = await services.registry.promote(version, alias, gatesOf(flags), { by })
    await print(gates, flags, context)
    context.note(`${version.name}/${version.version} is ${alias} now`, 'asked')
  } catch (error) {
    if (!MlopsError.is(error) || error.code !== 'mlops/gate-refused') throw error
    // the registry's own evidence of this refusal
    await print(error.details['evidence'] as ReadonlyArray<GateEvidence>, flags, context)
    context.note(error.message, 'warning')
    context.exitWith(REFUSED)
  }
}

/** Runs `models alias NAME/VERSION ALIAS`, or with `--remove` `models alias NAME ALIAS`. */
export async function setAlias(
  wanted: string,
  alias: string,
  { remove = false, format, output }: ShownFlags & { readonly remove?: boolean },
  context: MlopsCommandContext,
): Promise<void> {
  const services = await context.mlops()
  if (remove) {
    const { name } = await registeredModelOf(services, wanted.replace(/[/@].*$/, ''))
    await services.registry.deleteAlias(name, alias)
    context.note(`${alias} of ${name} is removed`, 'asked')
    return
  }
  const version = await versionOf(services, wanted)
  await services.registry.setAlias(version, alias)
  const changed = await versionOf(services, `${version.name}/${version.version}`)
  await context.print(versionRecords([changed], 'fields'), { format, file: output })
}

/** Runs `models stage NAME/VERSION STAGE`. */
export async function setStage(
  wanted: string,
  stage: Stage,
  { archiveExisting = false, format, output }: ShownFlags & { readonly archiveExisting?: boolean },
  context: MlopsCommandContext,
): Promise<void> {
  const services = await context.mlops()
  const version = await versionOf(services, wanted)
  await services.registry.setStage(version, stage, { archiveExisting })
  const changed = await versionOf(services, `${version.name}/${version.version}`)
  await context.print(versionRecords([changed], 'fields'), { format, file: output })
}

/** Runs `models delete NAME[/VERSION]...`. */
export async function deleteModels(
  wanted: ReadonlyArray<string>,
  flags: ShownFlags,
  context: MlopsCommandContext,
): Promise<void> {
  const services = await context.mlops()
  await eachOf('model', wanted, flags, context, async (one) => {
    if (/[/@]/.test(one.replace(/^models:\/+/, ''))) {
      const { name, version } = await versionOf(services, one)
      await services.registry.delete({ name, version })
    } else await services.registry.delete({ name: (await registeredModelOf(services, one)).name })
    return [one, 'deleted']
  })
}

function gatesOf({ atLeast = [], atMost = [], notWorse = [], approvedBy: names = [] }: PromoteFlags): PromotionGate[] {
  return [
    ...atLeast.map(([metric, least]) => metricAtLeast(metric, least)),
    ...atMost.map(([metric, most]) => metricAtMost(metric, most)),
    ...notWorse.map((pair) => {
      const [alias, metric] = pair.split(':')
      if (!alias || !metric)
        throw invalidArgument('--not-worse', 'must be alias:metric, such as champion:auc', { found: pair })
      return noWorseThan(alias, metric)
    }),
    ...(names.length === 0 ? [] : [approvedBy(...names)]),
  ]
}

async function print(
  gates: ReadonlyArray<GateEvidence>,
  { format, output }: ShownFlags,
  context: MlopsCommandContext,
): Promise<void> {
  const rows = gates.map(({ gate, passed, evidence }) => [gate, passed, evidence])
  await context.print({ columns: ['gate', 'passed', 'evidence'].map(text), rows }, { format, file: output })
}
