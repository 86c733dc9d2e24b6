import type { Quarantine } from '../../application/quarantine/quarantine.ts'
import type { KeptResult } from '../../domain/history/kept-result.ts'
import type { QualityTrend } from '../../domain/history/trend.ts'
import { checkRecords } from '../outputs/check-records.ts'
import { githubAnnotations } from '../outputs/github-annotations.ts'
import { junitXml } from '../outputs/junit-xml.ts'
import { type LineageNames, openLineageEvents } from '../outputs/open-lineage.ts'
import { checkReport } from '../report/check-report.ts'
import type { CheckCommandContext } from './check-command-context.ts'
import type { CheckFlags } from './check-flags.ts'

/** Is a page of HTML asked for? */
export function isReport({ format, output }: CheckFlags): boolean {
  return format === undefined && output !== undefined && /\.html?$/i.test(output)
}

/** Prints a result as the flags say. */
export async function printCheck(
  {
    result,
    trend,
    quarantine,
  }: {
    readonly result: KeptResult
    readonly trend?: QualityTrend | undefined
    readonly quarantine?: Quarantine | undefined
  },
  paths: ReadonlyArray<string>,
  flags: CheckFlags,
  context: CheckCommandContext,
): Promise<void> {
  const { validation, score } = result
  const { format, output: file } = flags
  if (isReport(flags)) {
    await context.printText(checkReport(validation, { score, trend }), file)
    context.note(`wrote ${file ?? ''}`, 'asked')
    if (context.isTerminal({})) await context.print(checkRecords(validation), { format: 'table' })
  } else if (format === 'junit' || (format === undefined && file?.toLowerCase().endsWith('.xml') === true)) {
    await context.printText(junitXml(validation), file)
  } else if (format === 'github') {
    await context.printText(githubAnnotations(validation, flags.suite ?? ''), file)
  } else if (format === 'openlineage') {
    const events = openLineageEvents(validation, namesOf(result, paths))
    await context.printText(events.map((event) => `${JSON.stringify(event)}\n`).join(''), file)
  } else if ((await context.formatOf({ format, file })) === 'json') {
    const document = { ...validation, score, ...(quarantine === undefined ? {} : { quarantine }) }
    await context.printText(`${JSON.stringify(document, jsonMember, 2)}\n`, file)
  } else await context.print(checkRecords(validation), { format, file })
}

function jsonMember(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

// OpenLineage's naming of data sets: a database's address without user and password, and its table's whole name.
function namesOf({ id, validation }: KeptResult, [path = '']: ReadonlyArray<string>): LineageNames {
  if (!/^postgres(ql)?:/.test(path) || !URL.canParse(path)) return { runId: id }
  const { hostname, port, pathname } = new URL(path)
  const table = validation.source.includes('.') ? validation.source : `public.${validation.source}`
  return {
    runId: id,
    datasetNamespace: `postgres://${hostname}:${port === '' ? '5432' : port}`,
    datasetName: `${pathname.slice(1)}.${table}`,
  }
}
