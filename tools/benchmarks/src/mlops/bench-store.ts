import manifest from '@nomaly/ai-mlops/package.json' with { type: 'json' }

import { writeReport } from '../benchmarks-page.ts'
import type { MlopsCommand } from '../command-line.ts'
import { runNote } from '../run-note.ts'
import { measureSearches, measureWrites, weighSeries } from './measure-store.ts'
import { storeReport } from './store-report.ts'

/** Measures the MLOps store within this process: searches, writes, the size of series. */
export async function benchStore(
  { runs, repetitions, seed, write }: MlopsCommand,
  args: ReadonlyArray<string>,
): Promise<void> {
  const SECONDS = 2
  const figures = {
    runs,
    writes: [...(await measureWrites(false, SECONDS)), ...(await measureWrites(true, SECONDS))],
    series: await weighSeries(100_000, seed),
    few: await measureSearches(1000, seed, repetitions),
    many: await measureSearches(runs, seed, repetitions),
  }
  const versions = { [manifest.name]: manifest.version, Node: process.versions.node }
  const report = `${runNote(args, versions)}\n\n${storeReport(figures)}`
  console.log(report)
  if (write) writeReport('mlops-store', report)
}
