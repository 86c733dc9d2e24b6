import type { CheckCommandContext, CheckSource } from './check-command-context.ts'
import type { SuiteCommandContext } from './suite-command-context.ts'

/** What `suggest` needs from the program that it is part of. */
export interface SuggestCommandContext extends CheckCommandContext, Pick<SuiteCommandContext, 'documentText'> {
  /** A profile of the data, as `profileTable` of @nomaly/data-profiling makes it; `top` frequent values of each column. */
  readonly makeProfile: (source: CheckSource, options: { readonly top: number }) => Promise<unknown>
  readonly isTerminal: (target: { readonly file?: string | undefined }) => boolean
}
