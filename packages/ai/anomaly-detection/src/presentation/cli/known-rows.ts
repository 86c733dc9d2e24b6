/** What `--combine stack` learns from: the rows whose label is known. */
import type { DetectionOptions } from '../../application/detection-options.ts'
import { UNLABELLED } from '../../application/label-column.ts'
import type { KnownRow } from '../../domain/combination/stacking.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { DetectionCommandContext } from './command-context.ts'
import type { DetectorFlags, ReadingFlags } from './flags.ts'

/** One row of each kind: what a stack is checked with before the file is read. */
export const SOME_OF_EACH: ReadonlyArray<KnownRow> = [
  { row: 0, anomaly: false },
  { row: 1, anomaly: true },
]

/** Whether labels are learned from. */
export function isStacking({ combine }: Pick<DetectorFlags, 'combine'>): boolean {
  return combine === 'stack'
}

/** @throws AnomalyDetectionError `invalid-options` where a stack is asked for, and no column of labels is named */
export function requireLabels(flags: Pick<DetectorFlags, 'combine'> & Pick<ReadingFlags, 'label'>): void {
  if (!isStacking(flags) || flags.label !== undefined) return
  throw new AnomalyDetectionError(
    'anomaly-detection/invalid-options',
    '--combine stack learns from rows whose kind is known: name the column that tells it with --label (0 normal, 1 anomaly, empty where unknown)',
    { option: 'label' },
  )
}

/**
 * The options of a stack with the rows to learn from; tells how many they are.
 * @param labels - shape (rows): 0 normal, 1 an anomaly, or `UNLABELLED`
 * @throws AnomalyDetectionError `invalid-label` where there are not some of each kind
 */
export function withKnownRows<Options extends Pick<DetectionOptions, 'parameters'>>(
  options: Options,
  labels: Uint8Array,
  path: string,
  context: DetectionCommandContext,
): Options {
  const known: KnownRow[] = []
  for (const [row, label] of labels.entries()) if (label !== UNLABELLED) known.push({ row, anomaly: label === 1 })
  const anomalies = known.filter(({ anomaly }) => anomaly).length
  if (anomalies === 0 || anomalies === known.length) {
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-label',
      `${path}: stack learns from rows of both kinds; the labels name ${anomalies} as anomalies and ${known.length - anomalies} as normal`,
      { path, anomalies, normal: known.length - anomalies },
    )
  }
  context.note(`stack learns from ${known.length} known rows, ${anomalies} of them anomalies`, 'asked')
  return { ...options, parameters: { ...options.parameters, labels: known } }
}
