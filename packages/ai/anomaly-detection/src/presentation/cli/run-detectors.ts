import type { DetectorDescription } from '../../application/catalogue/catalogue-entry.ts'
import { configureDetector, describeDetectors, describeEnsembles } from '../../application/catalogue/catalogue.ts'
import type { DetectionCommandContext, OutputColumn } from './command-context.ts'
import type { OutputFlags } from './flags.ts'
import { parametersText } from './parameter-text.ts'

const COLUMNS: ReadonlyArray<OutputColumn> = [
  { name: 'detector', kind: 'text' },
  { name: 'random', kind: 'text' },
  { name: 'fitCost', kind: 'text' },
  { name: 'scoreCost', kind: 'text' },
  { name: 'parameters', kind: 'text', text: parametersText },
  { name: 'summary', kind: 'text' },
]

/** Runs `detectors`. */
export async function listDetectors({ format, output }: OutputFlags, context: DetectionCommandContext): Promise<void> {
  await context.print({ columns: COLUMNS, rows: everything().map(briefOf) }, { format, file: output })
}

/** Runs `detectors ID`. @throws AnomalyDetectionError `unknown-detector` */
export async function showDetector(
  id: string,
  { format, output }: OutputFlags,
  context: DetectionCommandContext,
): Promise<void> {
  configureDetector(id)
  const rows = everything()
    .filter((one) => one.id === id)
    .map((one) => [...briefOf(one), one.name, one.source])
  const more: ReadonlyArray<OutputColumn> = [
    { name: 'name', kind: 'text' },
    { name: 'source', kind: 'text' },
  ]
  await context.print({ columns: [...COLUMNS, ...more], rows, layout: 'fields' }, { format, file: output })
}

function everything(): ReadonlyArray<DetectorDescription> {
  return [...describeDetectors(), ...describeEnsembles()]
}

function briefOf({ id, random, cost, parameters, summary }: DetectorDescription): ReadonlyArray<unknown> {
  return [id, random ? 'yes' : 'no', cost.fit, cost.score, parameters['properties'] ?? {}, summary]
}
