import { dealIntoBuckets } from '../../domain/combination/buckets.ts'
import { combineBy, type CombinationRule } from '../../domain/combination/combination-rule.ts'
import { stackingOf } from '../../domain/combination/stacking.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { Matrix } from '../../domain/matrix.ts'
import { seededRandom } from '../../domain/numeric/seeded-random.ts'
import { thresholdOf } from '../../domain/threshold.ts'
import { unificationOf } from '../../domain/unification/unification.ts'
import { unify } from '../../domain/unification/unify.ts'
import type {
  ConfiguredDetector,
  DetectorDescription,
  FitOptions,
  FittedDetector,
  FittedMember,
  FreshlyFittedDetector,
} from '../catalogue/catalogue-entry.ts'
import { type EnsembleParameters, ensembleParameterSchema, parseEnsembleParameters } from './ensemble-parameters.ts'
import { type EnsembleState, parseEnsembleState } from './ensemble-state.ts'
import { type ConfigureMember, memberSeed } from './member-list.ts'
import { natureOf } from './score-natures.ts'

/** The id under which an ensemble is configured and stored. */
export const ENSEMBLE = 'ensemble'

/** An ensemble that has just been fitted: it also knows what each member made of the training rows. */
export interface FreshlyFittedEnsemble extends FreshlyFittedDetector {
  /** In the order of the parameter `detectors`; scores unified, shape (rows). */
  readonly members: ReadonlyArray<{ readonly id: string; readonly scores: Float64Array }>
}

/** An ensemble with its members and parameters chosen. */
export interface ConfiguredEnsemble extends ConfiguredDetector {
  readonly fit: (x: Matrix, options?: FitOptions) => FreshlyFittedEnsemble
}

/** What people are told of ensembles, as of any detector. */
export function describeEnsemble(): DetectorDescription {
  return {
    id: ENSEMBLE,
    name: 'Ensemble',
    summary: 'Several detectors as one: their scores are brought to one scale and combined.',
    cost: { fit: 'the sum of its detectors, side by side on several threads', score: 'the sum of its detectors' },
    random: true,
    practicalRows: null,
    source: 'Aggarwal, Sathe (2015); Kriegel, Kröger, Schubert, Zimek (2011)',
    parameters: ensembleParameterSchema(),
  }
}

/**
 * Several detectors as one: fitted, stored, restored and scored as any other.
 * @param configureMember - makes the members; they are detectors of the catalogue, never ensembles
 * @throws AnomalyDetectionError `invalid-parameters`, `unknown-detector`
 */
export function configureEnsemble(input: unknown, configureMember: ConfigureMember): ConfiguredEnsemble {
  const chosen = parseEnsembleParameters(input)
  const members = chosen.detectors.map((member) => configureMember(member.id, member.parameters))
  const parameters = {
    ...chosen,
    detectors: members.map(({ id, parameters: complete }) => ({ id, parameters: complete })),
  }
  return {
    id: ENSEMBLE,
    parameters,
    fit: (x, options) => fitEnsemble(members, parameters, x, options),
    members: (seed) =>
      chosen.detectors.map(({ id, parameters: own }, i) => ({
        detector: id,
        parameters: own,
        seed: memberSeed(seed, i),
      })),
    restore: (stored) => {
      const state = parseEnsembleState(stored, parameters)
      const again = members.map((member, i) => member.restore(state.members[i]?.state))
      if (again.some(({ columns }) => columns !== state.columns)) {
        throw new AnomalyDetectionError(
          'anomaly-detection/corrupt-model',
          `stored state of ensemble: its detectors were learned from rows of ${again.map(({ columns }) => columns).join(', ')} columns, not all of ${state.columns}`,
        )
      }
      return fittedEnsemble(again, parameters, state)
    },
  }
}

function fitEnsemble(
  members: ReadonlyArray<ConfiguredDetector>,
  parameters: EnsembleParameters,
  x: Matrix,
  { seed = 0, signal, members: fittedBefore }: FitOptions = {},
): FreshlyFittedEnsemble {
  checkLabels(parameters, x)
  const fitted: FittedDetector[] = []
  const learned: Array<EnsembleState['members'][number]> = []
  const unified: Array<{ readonly id: string; readonly scores: Float64Array }> = []
  for (const [i, member] of members.entries()) {
    const before = fittedBefore?.[i]
    const one = before === undefined ? member.fit(x, { seed: memberSeed(seed, i), signal }) : restored(member, before)
    const scores = one.trainingScores()
    const unification = unificationOf(scores, parameters.unify, natureOf(one.id))
    fitted.push(one)
    learned.push({ state: one.state, unification })
    unified.push({ id: one.id, scores: unify(unification, scores) })
  }
  const columns = unified.map(({ scores }) => scores)
  const rule = ruleOf(parameters, columns, seed)
  const state: EnsembleState = { columns: x.columns, members: learned, rule }
  const trainingScores = combineBy(rule, columns)
  return {
    ...fittedEnsemble(fitted, parameters, state),
    trainingScores: () => trainingScores.slice(),
    members: unified,
  }
}

function restored(member: ConfiguredDetector, { state, trainingScores }: FittedMember): FreshlyFittedDetector {
  return { ...member.restore(state), trainingScores: () => trainingScores }
}

function fittedEnsemble(
  members: ReadonlyArray<FittedDetector>,
  parameters: EnsembleParameters,
  state: EnsembleState,
): FittedDetector {
  return {
    id: ENSEMBLE,
    parameters: { ...parameters },
    columns: state.columns,
    state,
    score: (x, context) => {
      const unified = members.map((member, i) => {
        const { unification } = state.members[i] as EnsembleState['members'][number] // one for each, as fitted or checked
        return unify(unification, member.score(x, context))
      })
      return combineBy(state.rule, unified)
    },
  }
}

function ruleOf(
  { combine, weights, nBuckets, contamination, labels, ridge }: EnsembleParameters,
  unified: ReadonlyArray<Float64Array>,
  seed: number,
): CombinationRule {
  const members = unified.length
  const shares = weights === null ? new Float64Array(members).fill(1) : Float64Array.from(weights)
  switch (combine) {
    case 'average':
      return { method: combine, weights: shares }
    case 'max':
    case 'median':
      return { method: combine }
    case 'aom':
    case 'moa': {
      const bucketOf = dealIntoBuckets(members, nBuckets ?? Math.ceil(members / 2), seededRandom(seed))
      return { method: combine, bucketOf }
    }
    case 'vote': {
      const cut = (scores: Float64Array): number => thresholdOf(scores, { kind: 'contamination', contamination })
      return { method: combine, weights: shares, thresholds: Float64Array.from(unified, cut) }
    }
    case 'stack':
      return { method: combine, ...stackingOf(unified, labels ?? [], ridge) }
  }
}

function checkLabels({ labels }: EnsembleParameters, x: Matrix): void {
  const beyond = labels?.find(({ row }) => row >= x.rows)
  if (beyond === undefined) return
  throw new AnomalyDetectionError(
    'anomaly-detection/invalid-label',
    `a label is given for row ${beyond.row}; the data have ${x.rows} rows, from 0`,
    { row: beyond.row, rows: x.rows },
  )
}
