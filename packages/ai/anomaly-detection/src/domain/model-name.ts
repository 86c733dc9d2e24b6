import { AnomalyDetectionError } from './errors.ts'

const PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/

/** @throws AnomalyDetectionError `invalid-model-name` where a name could not be a file's or a URL's on some system. */
export function checkModelName(name: string): void {
  if (PATTERN.test(name)) return
  throw new AnomalyDetectionError(
    'anomaly-detection/invalid-model-name',
    `'${name}' cannot name a model; use letters, digits, '.', '_' and '-', beginning with a letter or digit, at most 128`,
    { name },
  )
}
