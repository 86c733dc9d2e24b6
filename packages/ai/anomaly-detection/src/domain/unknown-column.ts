import { AnomalyDetectionError } from './errors.ts'

/** The error for a column name that is not there; it lists those that are. */
export function unknownColumn(name: string, known: ReadonlyArray<string>): AnomalyDetectionError {
  const shown = known.length > 20 ? `${known.slice(0, 20).join(', ')}, ... (${known.length} in all)` : known.join(', ')
  return new AnomalyDetectionError(
    'anomaly-detection/unknown-column',
    `there is no column '${name}'; there are: ${shown}`,
    {
      column: name,
      known,
    },
  )
}
