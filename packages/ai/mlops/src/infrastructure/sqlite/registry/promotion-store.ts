import type { PromotionStore } from '../../../application/ports/promotion-store.ts'
import { MlopsError } from '../../../domain/errors.ts'
import { checkAlias, checkVersion } from '../../../domain/registry/checks.ts'
import type { GateEvidence, Promotion, PromotionOutcome } from '../../../domain/registry/promotion.ts'
import type { SqlRow } from '../driver.ts'
import { aliasHolder, moveAlias } from './aliases.ts'
import { existingModelRow } from './model-rows.ts'
import { type RegistryContext, emit } from './registry-context.ts'
import { existingVersionRow } from './version-rows.ts'

const EVENTS: Readonly<Record<PromotionOutcome, string>> = {
  promoted: 'nomaly.model.promoted',
  refused: 'nomaly.promotion.refused',
  'rolled-back': 'nomaly.model.rolled-back',
}

/** Promotions in the file. */
export function createPromotionStore(context: RegistryContext): PromotionStore {
  const { database } = context
  return {
    record: async (decision) => {
      checkAlias(decision.alias)
      const version = String(checkVersion(decision.version))
      return database.write(() => record(context, { ...decision, version }))
    },
    list: (name, alias) =>
      database.read(() =>
        database
          .sql('SELECT * FROM promotion WHERE model = ?1 AND (?2 IS NULL OR alias = ?2) ORDER BY seq DESC')
          .all(Number(existingModelRow(database, name)['id']), alias ?? null)
          .map((row) => promotionOf(name, row)),
      ),
  }
}

function record(context: RegistryContext, decision: Omit<Promotion, 'id' | 'at'>): Promotion {
  const { database } = context
  const { name, alias, outcome, version } = decision
  const model = existingModelRow(database, name)
  const id = Number(model['id'])
  existingVersionRow(database, name, Number(version))
  if (outcome !== 'refused') {
    refuseMovedAlias(decision, aliasHolder(context, id, alias))
    moveAlias(context, model, alias, version)
  }
  const promotion = { ...decision, id: context.newId(), at: context.now() }
  insert(context, id, promotion)
  emit(context, { type: EVENTS[outcome], subject: name, data: { ...promotion } })
  return promotion
}

/** What the gates compared with must still be true. */
function refuseMovedAlias(
  { name, alias, predecessor }: Omit<Promotion, 'id' | 'at'>,
  holder: string | undefined,
): void {
  if (holder === predecessor) return
  const message = `the alias ${alias} of ${name} went from ${predecessor ?? 'nobody'} to ${holder ?? 'nobody'} meanwhile: try again`
  throw new MlopsError('mlops/invalid-state', message, { entity: 'alias', key: alias, name, retryable: true })
}

function insert({ database }: RegistryContext, model: number, promotion: Promotion): void {
  const { id, alias, outcome, version, predecessor, requestedBy, at, gates } = promotion
  database
    .sql(
      `INSERT INTO promotion (id, seq, model, alias, outcome, version, predecessor, requested_by, at, evidence)
       VALUES (?, (SELECT ifnull(max(seq), 0) + 1 FROM promotion), ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(id, model, alias, outcome, version, predecessor ?? null, requestedBy, at, JSON.stringify(gates))
}

function promotionOf(name: string, row: SqlRow): Promotion {
  const predecessor = row['predecessor']
  return {
    name,
    alias: String(row['alias']),
    outcome: String(row['outcome']) as PromotionOutcome, // the column is checked
    version: String(row['version']),
    ...(typeof predecessor === 'string' ? { predecessor } : {}),
    requestedBy: String(row['requested_by']),
    gates: JSON.parse(String(row['evidence'])) as ReadonlyArray<GateEvidence>, // written above
    id: String(row['id']),
    at: Number(row['at']),
  }
}
