import type { Dataset } from '../domain/dataset.ts'
import { averagePrecision } from '../domain/metrics/average-precision.ts'
import { precisionAtN } from '../domain/metrics/precision-at-n.ts'
import { rocAuc } from '../domain/metrics/roc-auc.ts'
import { normalize } from '../domain/normalization.ts'
import type { ConfiguredDetector } from './catalogue/catalogue-entry.ts'
import { configureDetector, detectorsFor } from './catalogue/catalogue.ts'
import { fitInParts, neighboursFor, trainingScoresInParts } from './parallel/fit-in-parts.ts'
import { scoreInParts } from './parallel/score-in-parts.ts'
import { type SharedSearches, sharedSearchesOf } from './parallel/shared-searches.ts'
import type { Clock } from './ports/clock.ts'
import type { DetectionDeps } from './run-detection.ts'

/** How well a detector ranked the labelled rows, and what it cost. */
export interface DetectorEvaluation {
  readonly detector: string
  /** In [0, 1]; 0.5 is chance. */
  readonly rocAuc: number
  readonly averagePrecision: number
  /** Precision in the top n rows, n = the number of anomalies; ties at their expected share. */
  readonly precisionAtN: number
  /**
   * Wall milliseconds to learn from the rows and to score them as training rows. A search for neighbours that several of
   * the detectors share counts for the first of them alone.
   */
  readonly fitMs: number
  /** Processor milliseconds of the same, all threads together; null where the clock does not count them. */
  readonly fitCpuMs: number | null
  /** Wall milliseconds to score the same rows as new ones. */
  readonly scoreMs: number
  /** Processor milliseconds of the same, all threads together; null where the clock does not count them. */
  readonly scoreCpuMs: number | null
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
  /** The rows that have a label; only these are measured, though detectors learn from all. Default: all rows. */
  readonly labelled?: ReadonlyArray<number> | undefined
  /** Z-score each column first. */
  readonly standardize?: boolean | undefined
  readonly signal?: AbortSignal | undefined
  /** Told before each detector starts. */
  readonly onProgress?: ((detector: string, done: number, total: number) => void) | undefined
}

/** What an evaluation needs. */
export type EvaluationDeps = Pick<DetectionDeps, 'clock' | 'pool'>

/** Ranks labelled rows with several detectors, without showing them the labels, and measures the rankings. */
export class EvaluateDetectors {
  readonly #deps: EvaluationDeps

  constructor(deps: EvaluationDeps) {
    this.#deps = deps
  }

  /**
   * @param labels - shape (rows): 0 normal, anything else an anomaly
   * @throws AnomalyDetectionError `unknown-detector`, `invalid-parameters`, `shape-mismatch`, `invalid-label` where one
   *   class is absent, `cancelled`
   */
  async execute(
    dataset: Dataset,
    labels: Uint8Array,
    options: EvaluationOptions = {},
  ): Promise<ReadonlyArray<DetectorEvaluation>> {
    const ids = options.detectors ?? detectorsFor(dataset.rows)
    const detectors = ids.map((id) => configureDetector(id, options.parameters?.[id]))
    const x = options.standardize === true ? normalize(dataset, 'z-score') : dataset
    const evaluations: DetectorEvaluation[] = []
    const searches = sharedSearchesOf(detectors, x)
    for (const [done, detector] of detectors.entries()) {
      options.onProgress?.(detector.id, done, detectors.length)
      evaluations.push(await this.#evaluate(detector, x, labels, options, searches))
    }
    return evaluations
  }

  async #evaluate(
    detector: ConfiguredDetector,
    x: Dataset,
    labels: Uint8Array,
    { seed, signal, labelled }: EvaluationOptions,
    searches: SharedSearches,
  ): Promise<DetectorEvaluation> {
    const { clock, pool } = this.#deps
    const start = timesOf(clock)
    const neighbours = await searches(detector, (search) => neighboursFor(detector, x, search, pool, signal))
    const fitted = await fitInParts(detector, x, { seed, signal, neighbours }, pool)
    const scores = await trainingScoresInParts(detector, fitted, x, pool, signal)
    const middle = timesOf(clock)
    await scoreInParts(fitted, x, pool, signal)
    const end = timesOf(clock)
    const measured = labelled === undefined ? scores : Float64Array.from(labelled, (row) => scores[row] as number)
    const known = labelled === undefined ? labels : Uint8Array.from(labelled, (row) => labels[row] as number)
    return {
      detector: detector.id,
      rocAuc: rocAuc(measured, known),
      averagePrecision: averagePrecision(measured, known),
      precisionAtN: precisionAtN(measured, known),
      fitMs: middle.wallMs - start.wallMs,
      fitCpuMs: spent(start.cpuMs, middle.cpuMs),
      scoreMs: end.wallMs - middle.wallMs,
      scoreCpuMs: spent(middle.cpuMs, end.cpuMs),
      rows: x.rows,
      features: x.columns,
    }
  }
}

interface Times {
  readonly wallMs: number
  readonly cpuMs: number | null
}

function timesOf(clock: Clock): Times {
  return { wallMs: clock.monotonicMs(), cpuMs: clock.cpuMs?.() ?? null }
}

function spent(from: number | null, to: number | null): number | null {
  return from === null || to === null ? null : to - from
}
