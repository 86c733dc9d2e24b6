import type { Dataset } from '../domain/dataset.ts'
import { averagePrecision } from '../domain/metrics/average-precision.ts'
import { precisionAtN } from '../domain/metrics/precision-at-n.ts'
import { rocAuc } from '../domain/metrics/roc-auc.ts'
import { normalize } from '../domain/normalization.ts'
import { configureDetector, detectorsFor } from './catalogue/catalogue.ts'
import type { Clock } from './ports/clock.ts'

/** How well a detector ranked the labelled rows, and what it cost. */
export interface DetectorEvaluation {
  readonly detector: string
  /** In [0, 1]; 0.5 is chance. */
  readonly rocAuc: number
  readonly averagePrecision: number
  /** Precision in the top n rows, n = the number of anomalies; ties at their expected share. */
  readonly precisionAtN: number
  /** Wall milliseconds to learn from the rows and to score them as training rows. */
  readonly fitMs: number
  /** Wall milliseconds to score the same rows as new ones. */
  readonly scoreMs: number
  readonly rows: number
  readonly features: number
}

/** What is evaluated, and how. */
export interface EvaluationOptions {
  /** Default: all but those that so many rows would keep busy for minutes, see `DetectorDescription.practicalRows`. */
  readonly detectors?: ReadonlyArray<string> | undefined
  /** Parameters by detector id that differ from the defaults. */
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined
  readonly seed?: number | undefined
  /** Z-score each column first. */
  readonly standardize?: boolean | undefined
  readonly signal?: AbortSignal | undefined
  /** Told before each detector starts. */
  readonly onProgress?: ((detector: string, done: number, total: number) => void) | undefined
}

/** Ranks labelled rows with several detectors, without showing them the labels, and measures the rankings. */
export class EvaluateDetectors {
  readonly #clock: Clock

  constructor(deps: { readonly clock: Clock }) {
    this.#clock = deps.clock
  }

  /**
   * @param labels - shape (rows): 0 normal, anything else an anomaly
   * @throws AnomalyDetectionError `unknown-detector`, `invalid-parameters`, `shape-mismatch`, `invalid-label` where one
   *   class is absent, `cancelled`
   */
  execute(dataset: Dataset, labels: Uint8Array, options: EvaluationOptions = {}): ReadonlyArray<DetectorEvaluation> {
    const ids = options.detectors ?? detectorsFor(dataset.rows)
    const detectors = ids.map((id) => configureDetector(id, options.parameters?.[id]))
    const x = options.standardize === true ? normalize(dataset, 'z-score') : dataset
    return detectors.map((detector, done) => {
      options.onProgress?.(detector.id, done, detectors.length)
      const start = this.#clock.monotonicMs()
      const fitted = detector.fit(x, { seed: options.seed, signal: options.signal })
      const scores = fitted.trainingScores()
      const fitMs = this.#clock.monotonicMs() - start
      fitted.score(x, { signal: options.signal })
      const scoreMs = this.#clock.monotonicMs() - start - fitMs
      return {
        detector: detector.id,
        rocAuc: rocAuc(scores, labels),
        averagePrecision: averagePrecision(scores, labels),
        precisionAtN: precisionAtN(scores, labels),
        fitMs,
        scoreMs,
        rows: x.rows,
        features: x.columns,
      }
    })
  }
}
