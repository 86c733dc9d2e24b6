import type { z } from 'zod'

import { MlflowError } from '../../../domain/errors.ts'
import { field } from './fields.ts'

/** A page size from 1 to `most`, `otherwise` when absent, worded as MLflow does. */
export function maxResults(most: number, otherwise: number): z.ZodType<number> {
  return field.int64().transform((value, context) => {
    const found = value ?? otherwise
    const wrong = found > most ? `at most ${most}` : found < 1 ? 'a positive integer' : ''
    if (wrong === '') return found
    const message = `Invalid value ${found} for parameter 'max_results' supplied. It must be ${wrong}`
    context.addIssue({ code: 'custom', message })
    return 0
  })
}

/** @throws MlflowError `mlflow/invalid-argument` for what is no number of an experiment */
export function experimentIdOf(id: string): string {
  if (/^-?\d+$/.test(id)) return String(BigInt(id))
  throw new MlflowError(
    'mlflow/invalid-argument',
    `Invalid experiment ID '${id.slice(0, 100)}'. Experiment ID must be a valid integer.`,
  )
}

/** @throws MlflowError `mlflow/invalid-argument` for what is no number of a version */
export function versionOf(version: string): string {
  if (/^\d+$/.test(version)) return String(BigInt(version))
  throw new MlflowError(
    'mlflow/invalid-argument',
    `Parameter 'version' must be an integer, got '${version.slice(0, 100)}'.`,
  )
}
