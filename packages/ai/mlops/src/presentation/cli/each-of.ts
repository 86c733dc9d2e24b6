import { MlopsError } from '../../domain/errors.ts'
import type { MlopsCommandContext } from './command-context.ts'
import type { ShownFlags } from './flags.ts'
import { text } from './records.ts'

const PARTIAL = 4

/**
 * Does the same to several things and prints a line for each. One that is refused is told, and the rest done (exit code
 * 4); where there is only one, its refusal is thrown.
 */
export async function eachOf(
  what: string,
  texts: ReadonlyArray<string>,
  { format, output }: ShownFlags,
  context: MlopsCommandContext,
  work: (text: string) => Promise<readonly [string, string]>,
): Promise<void> {
  const rows: Array<ReadonlyArray<unknown>> = []
  for (const one of texts) {
    try {
      rows.push(await work(one))
    } catch (error) {
      if (texts.length === 1 || !MlopsError.is(error)) throw error
      rows.push([one, 'unchanged'])
      context.note(error.message, 'warning')
      context.exitWith(PARTIAL)
    }
  }
  await context.print({ columns: [text(what), text('now')], rows }, { format, file: output })
}
