import type { OutputColumn, OutputFormat } from '@nomaly/ai-anomaly-detection/cli'

import type { NomalyContext } from '../context.ts'
import { EXIT } from '../failure/exit-codes.ts'
import { dataFolderCheck } from './data-folder-check.ts'
import type { PartReport } from './part-report.ts'
import { runtimeReports } from './runtime-reports.ts'
import { tableReports } from './table-reports.ts'
import { versionReports } from './version-reports.ts'

const COLUMNS: ReadonlyArray<OutputColumn & { readonly name: keyof PartReport }> = [
  { name: 'part', kind: 'text' },
  { name: 'state', kind: 'text' },
  { name: 'detail', kind: 'text' },
  { name: 'mend', kind: 'text' },
]

/** Runs `doctor`; the exit code is 2 where something that is needed fails. */
export async function runDoctor(format: OutputFormat | undefined, context: NomalyContext): Promise<void> {
  const { data, configFile, threads } = await context.settings()
  const reports: ReadonlyArray<PartReport> = [
    ...versionReports(),
    ...runtimeReports(),
    ...tableReports(),
    {
      part: 'threads',
      state: threads === 1 ? 'off' : 'on',
      detail: threads === 1 ? 'long work runs on one thread' : `${threads} threads share long work`,
      mend: threads === 1 ? 'ask for more: --threads or NOMALY_THREADS' : undefined,
    },
    await dataFolderCheck(data),
    { part: 'configuration file', state: configFile === undefined ? 'off' : 'on', detail: configFile ?? 'none found' },
  ]
  await context.print(
    { columns: COLUMNS, rows: reports.map((one) => COLUMNS.map(({ name }) => one[name] ?? '')) },
    { format },
  )
  if (reports.some(({ state }) => state === 'failed')) context.exitWith(EXIT.usage)
}
