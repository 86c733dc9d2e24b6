import { importSuite } from '../../application/suites/import-suite.ts'
import type { Untranslated } from '../../application/suites/imported-suite.ts'
import { toJsonSchema } from '../../application/suites/json-schema/to-json-schema.ts'
import { toOdcs } from '../../application/suites/odcs/to-odcs.ts'
import { QualityError } from '../../domain/errors.ts'
import { loadSuite, loadText } from './load-suite.ts'
import type { SuiteCommandContext } from './suite-command-context.ts'
import type { ExportFlags, ImportFlags } from './suite-flags.ts'

const PARTIAL = 4
const MOST_TOLD = 50

/** Runs `suite import FILE`. */
export async function runSuiteImport(path: string, flags: ImportFlags, context: SuiteCommandContext): Promise<void> {
  const text = await loadText(path, context)
  const { suite, untranslated, from } = await named(path, async () =>
    importSuite(await context.parseDocument(text), flags),
  )
  await context.printText(await context.documentText(suite, formatOf(flags.output, 'yaml')), flags.output)
  tell(untranslated, path, context)
  context.note(
    `${suite.name}: ${suite.expectations.length} expectations from ${from}`,
    flags.output === undefined ? 'summary' : 'asked',
  )
}

/** Runs `suite export FILE --to KIND`. */
export async function runSuiteExport(path: string, flags: ExportFlags, context: SuiteCommandContext): Promise<void> {
  const suite = await loadSuite(path, context)
  const { document, untranslated } = flags.to === 'odcs' ? toOdcs(suite) : toJsonSchema(suite)
  const format = formatOf(flags.output, flags.to === 'odcs' ? 'yaml' : 'json')
  await context.printText(await context.documentText(document, format), flags.output)
  tell(untranslated, path, context)
}

async function named<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (QualityError.is(error)) throw new QualityError(error.code, `${path}: ${error.message}`, error.details, error)
    throw error
  }
}

function tell(untranslated: ReadonlyArray<Untranslated>, path: string, context: SuiteCommandContext): void {
  const weaker = untranslated.filter(({ weakens }) => weakens)
  for (const { path: at, reason } of weaker.slice(0, MOST_TOLD)) {
    const place = at.length === 0 ? path : at.join('.')
    context.note(`left out: ${place}: ${reason}`, 'warning')
  }
  if (weaker.length > MOST_TOLD) context.note(`left out: ${weaker.length - MOST_TOLD} more`, 'warning')
  const harmless = untranslated.filter(({ weakens }) => !weakens)
  if (harmless.length > 0) {
    const places = harmless.map(({ path: at }) => at.join('.'))
    context.note(`left out, and no outcome changes: ${places.slice(0, MOST_TOLD).join(', ')}`, 'asked')
  }
  if (weaker.length > 0) context.exitWith(PARTIAL)
}

function formatOf(output: string | undefined, usual: 'json' | 'yaml'): 'json' | 'yaml' {
  if (output === undefined) return usual
  return output.toLowerCase().endsWith('.json') ? 'json' : 'yaml'
}
