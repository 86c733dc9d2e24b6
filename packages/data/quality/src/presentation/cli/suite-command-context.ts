import type { CheckCommandContext } from './check-command-context.ts'

/** What `suite` needs from the program that it is part of. */
export interface SuiteCommandContext extends Pick<
  CheckCommandContext,
  'load' | 'printText' | 'note' | 'exitWith' | 'parseSuite'
> {
  /** Reads JSON or YAML, as `parseDocumentText` of ./node does. */
  readonly parseDocument: (text: string) => Promise<unknown>
  /** Writes a suite or a contract, as `documentText` of ./node does. */
  readonly documentText: (data: unknown, format: 'json' | 'yaml') => Promise<string>
}
