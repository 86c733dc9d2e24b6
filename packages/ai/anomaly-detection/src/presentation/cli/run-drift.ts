import { detectDrift, driftOptionsOf } from '../../application/drift/detect-drift.ts'
import type { DriftReport } from '../../domain/drift/two-sample/drift-report.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { DetectionCommandContext } from './command-context.ts'
import type { DriftFlags } from './drift-flags.ts'
import { driftRecords } from './drift-records.ts'
import { readDriftTable } from './read-drift-table.ts'

/** Runs `drift REFERENCE CURRENT`. */
export async function runDrift(
  referencePath: string,
  currentPath: string,
  flags: DriftFlags,
  context: DetectionCommandContext,
): Promise<void> {
  if (referencePath === '-' && currentPath === '-') {
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-options',
      'only one of the two files can be the standard input',
    )
  }
  const settings = await context.settings()
  const { columns, method, alpha, correction, minEffect, maxDistance, joint, inputFormat, failOn } = flags
  const seed = flags.seed ?? settings.seed
  const options = { columns, method, alpha, correction, minEffect, maxDistance, joint, seed }
  driftOptionsOf(options) // refuses wrong ones before large files are read
  const source = { format: inputFormat, columns }
  const reference = await readDriftTable(referencePath, source, context)
  const current = await readDriftTable(currentPath, source, context)
  context.progress('comparing')
  const report = detectDrift(reference, current, options)
  context.progress(undefined)
  if (failOn === 'drift' && report.drifted) context.exitWith(1)
  const target = { format: flags.format, file: flags.output }
  await context.print(driftRecords(report), target)
  if (report.ignored.length > 0) {
    context.note(`in one of the files alone, and not compared: ${report.ignored.join(', ')}`, 'warning')
  }
  context.note(summaryOf(report), 'summary')
}

function summaryOf({ features, joint, rows, alpha, correction }: DriftReport): string {
  const drifted = features.filter((one) => one.drifted).length
  const count = (number: number): string => number.toLocaleString('en-US')
  const together = joint === null ? '' : `; together they have ${joint.drifted ? '' : 'not '}drifted (${joint.method})`
  return (
    `${count(rows.reference)} rows against ${count(rows.current)}: ${drifted} of ${features.length} columns have drifted ` +
    `(alpha ${alpha}, ${correction})${together}`
  )
}
