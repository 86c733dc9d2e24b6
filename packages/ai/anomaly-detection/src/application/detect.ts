import type { Dataset } from '../domain/dataset.ts'
import { DetectionResult } from '../domain/detection-result.ts'
import { thresholdOf } from '../domain/threshold.ts'
import type { FreshlyFittedDetector } from './catalogue/catalogue-entry.ts'
import { configureDetector } from './catalogue/catalogue.ts'
import { type DetectionOptions, parseDetectionOptions, type ResolvedDetectionOptions } from './detection-options.ts'

/**
 * Finds the anomalies of a data set in one call: fits a detector to it and scores the same rows.
 * @returns scores (higher is more anomalous), the threshold, predictions and the anomalies; its id is the same for the
 *   same options, as nothing outside is asked for one
 * @throws AnomalyDetectionError `invalid-options`, `unknown-detector`, `invalid-parameters`, `empty-dataset`,
 *   `non-finite`, `cancelled`
 */
export function detect(dataset: Dataset, options: DetectionOptions = {}): DetectionResult {
  return detectWith(dataset, parseDetectionOptions(options)).result
}

/** As `detect`, with the detector that was fitted. */
export function detectWith(
  dataset: Dataset,
  { detector: id, parameters, threshold, seed, signal }: ResolvedDetectionOptions,
): { readonly result: DetectionResult; readonly fitted: FreshlyFittedDetector } {
  const detector = configureDetector(id, parameters)
  const fitted = detector.fit(dataset, { seed, signal })
  const scores = fitted.trainingScores()
  const result = new DetectionResult(
    {
      id: `${id}-${dataset.rows}x${dataset.columns}-${seed}`,
      algorithm: fitted.id,
      parameters: fitted.parameters,
      scores,
      threshold: thresholdOf(scores, threshold),
      metadata: {
        rows: dataset.rows,
        features: dataset.features,
        seed,
        thresholdPolicy: threshold,
        ...(fitted.selection && { selection: fitted.selection }),
      },
    },
    dataset,
  )
  return { result, fitted }
}
