/** Parameters that the number of training rows bounds, such as the k of a search for neighbours. */
import { AnomalyDetectionError } from '../../domain/errors.ts'

/** The most that each such parameter can be with so many training rows. */
export type RowLimits = (rows: number) => Readonly<Record<string, number>>

/**
 * Refuses what was asked for by name and so many rows do not have. A default is not asked for: it adapts to few rows.
 * @param detector - named in the message
 * @param given - what the caller gave, without the defaults
 * @throws AnomalyDetectionError `invalid-parameters` naming the parameter, its value, the rows and the range
 */
export function refuseBeyondRows(detector: string, given: unknown, limits: RowLimits | undefined, rows: number): void {
  if (limits === undefined || typeof given !== 'object' || given === null) return
  const values: Readonly<Record<string, unknown>> = { ...given }
  for (const [parameter, maximum] of Object.entries(limits(rows))) {
    const value = values[parameter]
    if (typeof value !== 'number' || value <= maximum) continue
    const range = maximum < 1 ? 'too few for any' : `it must be from 1 to ${maximum}`
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-parameters',
      `parameters of ${detector}: ${parameter} is ${value}, and there ${rows === 1 ? 'is 1 row' : `are ${rows} rows`}: ` +
        `${range}; left out, it adapts to few rows`,
      { detector, parameter, value, rows, maximum },
    )
  }
}

/** At most the other training rows. */
export function lessThanRows(parameter: string): RowLimits {
  return (rows) => ({ [parameter]: rows - 1 })
}

/** At most the training rows. */
export function upToRows(parameter: string): RowLimits {
  return (rows) => ({ [parameter]: rows })
}
