import { type MethodChoice, methodFor } from '../../application/explanation/explanation-methods.ts'

/**
 * Refuses a method that does not fit the detector before a large file is read; what `auto` chooses is not known yet.
 * @throws AnomalyDetectionError `unsuitable-method`
 */
export function refuseUnsuitable(method: MethodChoice, detector: string = 'iforest'): void {
  if (detector !== 'auto') methodFor(method, detector)
}
