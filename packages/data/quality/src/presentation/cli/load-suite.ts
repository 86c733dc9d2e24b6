import { QualityError } from '../../domain/errors.ts'
import type { Suite } from '../../domain/expectation.ts'
import type { CheckCommandContext } from './check-command-context.ts'

/** What people may take for a suite. */
const ORIGINS: ReadonlyArray<readonly [RegExp, string]> = [
  [/"(?:expectation_)?type"\s*:\s*"expect_/, 'one of Great Expectations'],
  [/^(?:models|sources|seeds|snapshots):/m, "dbt's tests"],
  [/\bkind"?:\s*"?DataContract\b/, 'a data contract'],
  [/"\$schema"\s*:\s*"[^"]*json-schema/, 'a JSON Schema'],
]

/**
 * The suite in a file.
 * @throws QualityError `quality/unknown-suite` where there is no such file, `quality/invalid-suite`; messages name the file
 */
export async function loadSuite(
  path: string,
  context: Pick<CheckCommandContext, 'load' | 'parseSuite'>,
): Promise<Suite> {
  const text = await loadText(path, context)
  try {
    return await context.parseSuite(text, { format: path.toLowerCase().endsWith('.json') ? 'json' : 'yaml' })
  } catch (error) {
    if (!QualityError.is(error)) throw error
    const origin = ORIGINS.find(([form]) => form.test(text))?.[1]
    const hint =
      origin === undefined
        ? ''
        : `; it looks like ${origin}: \`nomaly suite import ${path} -o suite.yml\` makes a suite of it`
    throw new QualityError(error.code, `${path}: ${error.message}${hint}`, error.details, error)
  }
}

/** The text of a file. @throws QualityError `quality/unknown-suite`, `quality/invalid-suite` where it is no UTF-8 */
export async function loadText(path: string, { load }: Pick<CheckCommandContext, 'load'>): Promise<string> {
  const bytes = await load(path).catch((error: unknown) => {
    const reason = isAbsent(error) ? 'no such file' : error instanceof Error ? error.message : String(error)
    throw new QualityError('quality/unknown-suite', `${path}: ${reason}`, { path }, error)
  })
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new QualityError('quality/invalid-suite', `${path} is no UTF-8 text`, { path }, error)
  }
}

/** True where a file is not there. */
export function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
