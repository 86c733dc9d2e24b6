import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { ExplanationMethod } from '../../domain/explanation/explanation.ts'
import { detectorIds } from '../catalogue/catalogue.ts'
import { EXPLANATION_METHODS } from './method-names.ts'

/** A method, or the best that fits the detector. */
export type MethodChoice = 'auto' | ExplanationMethod

/** Detectors whose score is itself a sum over the features, or the largest of them. */
export const ADDITIVE_DETECTORS: ReadonlyArray<string> = [
  'ecod',
  'copod',
  'hbos',
  'pca',
  'mad',
  'iqr',
  'grubbs',
  'gesd',
  'dixon',
]

const detectorsOf: Partial<Readonly<Record<ExplanationMethod, ReadonlyArray<string>>>> = {
  'tree-shap': ['iforest'],
  contributions: ADDITIVE_DETECTORS,
}

/**
 * The methods that can explain a detector, the first choice first. `eif` has no Tree SHAP: a slanted split cannot be
 * followed by a single feature.
 */
export function explanationMethodsOf(detector: string): ReadonlyArray<ExplanationMethod> {
  return EXPLANATION_METHODS.filter((method) => detectorsOf[method]?.includes(detector) ?? true)
}

/** The method that explains a detector. @throws AnomalyDetectionError `unsuitable-method` naming those that do */
export function methodFor(choice: MethodChoice, detector: string): ExplanationMethod {
  const fitting = explanationMethodsOf(detector)
  const method = choice === 'auto' ? fitting[0] : fitting.find((one) => one === choice)
  if (method !== undefined) return method
  const explained = detectorIds.filter((id) => detectorsOf[choice as ExplanationMethod]?.includes(id)) // not `auto`: each detector has a method
  throw new AnomalyDetectionError(
    'anomaly-detection/unsuitable-method',
    `${choice} explains ${explained.join(', ')}, not ${detector}; for ${detector} there are: ${fitting.join(', ')}`,
    { method: choice, detector, fitting },
  )
}
