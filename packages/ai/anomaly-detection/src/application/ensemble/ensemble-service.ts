import type { CombinationMethod } from '../../domain/combination/combination-rule.ts'
import { rankCorrelation, standardRanks } from '../../domain/combination/rank-correlation.ts'
import type { KnownRow } from '../../domain/combination/stacking.ts'
import { predictionConfidence } from '../../domain/confidence/prediction-confidence.ts'
import type { Dataset } from '../../domain/dataset.ts'
import type { DetectionResult } from '../../domain/detection-result.ts'
import type { UnificationMethod } from '../../domain/unification/unification.ts'
import { configureSingle } from '../catalogue/catalogue.ts'
import { type DetectionOptions, parseDetectionOptions } from '../detection-options.ts'
import { type DetectionDeps, runDetection } from '../run-detection.ts'
import { configureEnsemble } from './ensemble.ts'
import type { MemberChoice } from './member-list.ts'

/** What to combine, and how; the rest as in any detection. Every field has a default: see `describeEnsembles`. */
export interface EnsembleOptions extends Omit<DetectionOptions, 'detector' | 'parameters'> {
  readonly detectors?: ReadonlyArray<string | (Partial<MemberChoice> & Pick<MemberChoice, 'id'>)> | undefined
  readonly combine?: CombinationMethod | undefined
  readonly unify?: UnificationMethod | undefined
  /** Of `average` and `vote`, one for each detector. */
  readonly weights?: ReadonlyArray<number> | undefined
  /** Of `aom` and `moa`. */
  readonly nBuckets?: number | undefined
  /** Of `stack`: rows whose kind is known. */
  readonly labels?: ReadonlyArray<KnownRow> | undefined
  /** Of `stack`. */
  readonly ridge?: number | undefined
}

/** What one detector contributed. */
export interface EnsembleMember {
  readonly id: string
  /** Shape (rows): its scores on the common scale. */
  readonly scores: Float64Array
  /** Spearman's correlation with the combined scores, in [-1, 1]. */
  readonly agreement: number
}

/** A detection by several detectors, and what each of them said. */
export interface EnsembleDetection {
  readonly result: DetectionResult
  /** In the order of the option `detectors`. */
  readonly members: ReadonlyArray<EnsembleMember>
  /**
   * Shape (rows), in [0, 1]: how sure each prediction is (see `predictionConfidence`). Undefined where the scores were not cut
   * by a contamination.
   */
  readonly confidence: Float64Array | undefined
}

/** Finds anomalies with several detectors at once and tells what each saw; publishes the events of any detection. */
export class EnsembleService {
  readonly #deps: DetectionDeps

  constructor(deps: DetectionDeps) {
    this.#deps = deps
  }

  /**
   * Fits the detectors to the data set and scores the same rows by all of them together.
   * @throws AnomalyDetectionError `invalid-options`, `invalid-parameters`, `unknown-detector`, `invalid-label`, and as `detect`
   */
  async execute(dataset: Dataset, options: EnsembleOptions = {}): Promise<EnsembleDetection> {
    const { detectors, combine, unify, weights, nBuckets, labels, ridge, ...rest } = options
    const resolved = parseDetectionOptions(rest)
    const { threshold } = resolved
    const share = threshold.kind === 'contamination' ? threshold.contamination : undefined
    const contamination = combine === 'vote' ? share : undefined
    const ensemble = configureEnsemble(
      { detectors, combine, unify, weights, nBuckets, contamination, labels, ridge },
      configureSingle,
    )
    const { result, fitted } = await runDetection(ensemble, dataset, resolved, this.#deps)
    const ranks = standardRanks(result.scores)
    return {
      result,
      members: fitted.members.map(({ id, scores }) => ({
        id,
        scores,
        agreement: rankCorrelation(standardRanks(scores), ranks),
      })),
      confidence: share === undefined ? undefined : predictionConfidence(result.scores, result.scores, share),
    }
  }
}
