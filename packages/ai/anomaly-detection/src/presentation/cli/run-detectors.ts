import type { DetectorDescription } from '../../application/catalogue/catalogue-entry.ts'
import { configureDetector, describeDetectors, describeEnsembles } from '../../application/catalogue/catalogue.ts'
import {
  describeTimeSeriesDetectors,
  isTimeSeriesDetector,
} from '../../application/time-series/time-series-catalogue.ts'
import type { TimeSeriesDescription } from '../../application/time-series/time-series-entry.ts'
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
  { name: 'data', kind: 'text' },
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
  if (!isTimeSeriesDetector(id)) configureDetector(id)
  const rows = everything()
    .filter((one) => one.id === id)
    .map((one) => [...briefOf(one), one.name, one.source])
  const more: ReadonlyArray<OutputColumn> = [
    { name: 'name', kind: 'text' },
    { name: 'source', kind: 'text' },
  ]
  await context.print({ columns: [...COLUMNS, ...more], rows, layout: 'fields' }, { format, file: output })
}

type Description = DetectorDescription | TimeSeriesDescription

function everything(): ReadonlyArray<Description> {
  return [...describeDetectors(), ...describeEnsembles(), ...describeTimeSeriesDetectors()]
}

function briefOf({ id, random, cost, parameters, summary }: Description): ReadonlyArray<unknown> {
  const isSeries = typeof cost === 'string' // one cost: there is no fit before
  const costs = isSeries ? [null, cost] : [cost.fit, cost.score]
  return [id, random ? 'yes' : 'no', ...costs, parameters['properties'] ?? {}, summary, isSeries ? 'series' : 'rows']
}
