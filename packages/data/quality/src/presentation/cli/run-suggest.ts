import { heldSuggestions } from '../../application/suggestions/held-suggestions.ts'
import { suggestExpectations } from '../../application/suggestions/suggest-expectations.ts'
import { suggestedSuite } from '../../application/suggestions/suggested-suite.ts'
import type { SuggestionState } from '../../application/suggestions/suggestion-notes.ts'
import type { Suggestion } from '../../application/suggestions/suggestion.ts'
import { QualityError } from '../../domain/errors.ts'
import { subjectOf } from '../../domain/expectation-subject.ts'
import type { Suite } from '../../domain/expectation.ts'
import type { CheckSource, PrintedRecords } from './check-command-context.ts'
import { isAbsent, loadSuite, loadText } from './load-suite.ts'
import type { SuggestCommandContext } from './suggest-command-context.ts'
import type { SuggestFlags } from './suggest-flags.ts'

/** Values listed of a column: those of columns with more make no set. */
const TOP = 50

/** Runs `suggest FILE...`. */
export async function runSuggest(
  paths: ReadonlyArray<string>,
  flags: SuggestFlags,
  context: SuggestCommandContext,
): Promise<void> {
  if (paths.length === 0 && flags.profile === undefined)
    throw new QualityError('quality/invalid-options', 'give a file, or --profile')
  const previous = await previousSuite(flags, context)
  const source = sourceOf(paths, flags)
  const profile = await profileOf(source, flags, context)
  const suggestions = suggestExpectations(profile, { confidence: flags.confidence })
  const held =
    paths.length === 0 || paths.includes('-') ? suggestions : await thoseThatHold(suggestions, source, context)
  context.progress(undefined)
  const { accept, reject } = flags
  const { suite, states } = suggestedSuite(held, { name: nameOf(source, profile), previous, accept, reject })
  const records = recordsOf(held, states)
  if (flags.output === undefined) await print(records, held, states, flags, context)
  else {
    const format = flags.output.toLowerCase().endsWith('.json') ? 'json' : 'yaml'
    await context.printText(await context.documentText(suite, format), flags.output)
    if (context.isTerminal({})) await context.print(records, { format: 'table' })
  }
  context.note(summaryOf(suite, states, flags.output), flags.output === undefined ? 'summary' : 'asked')
}

async function previousSuite({ output }: SuggestFlags, context: SuggestCommandContext): Promise<Suite | undefined> {
  if (output === undefined) return undefined
  return loadSuite(output, context).catch((error: unknown) => {
    if (error instanceof Error && isAbsent(error.cause)) return undefined
    throw error
  })
}

function sourceOf(paths: ReadonlyArray<string>, flags: SuggestFlags): CheckSource {
  return {
    paths,
    table: flags.table,
    inputFormat: flags.inputFormat,
    engine: flags.engine,
    memoryLimitMb: flags.memoryLimit,
    threads: flags.threads,
    timeoutMs: flags.timeout === undefined ? undefined : flags.timeout * 1000,
  }
}

async function profileOf(
  source: CheckSource,
  { profile }: SuggestFlags,
  context: SuggestCommandContext,
): Promise<unknown> {
  if (profile === undefined) return context.makeProfile(source, { top: TOP })
  const text = await loadText(profile, context)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new QualityError('quality/invalid-options', `--profile ${profile}: no JSON`, { path: profile }, error)
  }
}

async function thoseThatHold(
  suggestions: ReadonlyArray<Suggestion>,
  source: CheckSource,
  context: SuggestCommandContext,
): Promise<ReadonlyArray<Suggestion>> {
  context.progress('trying the suggestions on the table')
  const { engine, close } = await context.openCheckSource(source)
  try {
    const { held, others } = await heldSuggestions(suggestions, engine, { signal: context.signal })
    const ids = others.map(({ id }) => id).join(', ')
    if (others.length > 0) context.note(`not suggested, as the table itself does not meet them: ${ids}`, 'asked')
    return held
  } finally {
    await close()
  }
}

async function print(
  records: PrintedRecords,
  suggestions: ReadonlyArray<Suggestion>,
  states: ReadonlyMap<string, SuggestionState>,
  { format, output: file }: SuggestFlags,
  context: SuggestCommandContext,
): Promise<void> {
  if ((await context.formatOf({ format, file })) !== 'json') return context.print(records, { format, file })
  const told = suggestions.map((one) => ({ ...one, state: states.get(one.id) }))
  await context.printText(await context.documentText(told, 'json'), file)
}

function recordsOf(
  suggestions: ReadonlyArray<Suggestion>,
  states: ReadonlyMap<string, SuggestionState>,
): PrintedRecords {
  return {
    columns: ['id', 'state', 'expectation', 'column', 'mostly', 'reason'].map((name) => ({
      name,
      kind: name === 'mostly' ? 'number' : 'text',
    })),
    rows: suggestions.map(({ id, expectation, reason }) => [
      id,
      states.get(id) ?? '',
      expectation.type,
      subjectOf(expectation),
      expectation.kwargs['mostly'] ?? null,
      reason,
    ]),
  }
}

function nameOf({ paths, table }: CheckSource, profile: unknown): string {
  const first = paths[0] ?? sourceNameOf(profile)
  if (first === '-') return 'table'
  if (/^postgres(ql)?:\/\//.test(first)) return table ?? 'table'
  const name = first.split(/[/\\]/).at(-1) ?? first
  return name.replace(/\.(csv|tsv|txt|tab|json|jsonl|ndjson|parquet|pq)(\.gz|\.zst)?$/i, '') || 'table'
}

function sourceNameOf(profile: unknown): string {
  const source: unknown = typeof profile === 'object' && profile !== null ? Reflect.get(profile, 'source') : undefined
  return typeof source === 'string' ? source : 'table'
}

function summaryOf(suite: Suite, states: ReadonlyMap<string, SuggestionState>, output: string | undefined): string {
  const count = (state: SuggestionState): number => [...states.values()].filter((one) => one === state).length
  const parts = [
    `${count('proposed')} proposed`,
    ...(['accepted', 'rejected', 'present'] as const).flatMap((state) =>
      count(state) > 0 ? [`${count(state)} ${state}`] : [],
    ),
  ].join(', ')
  return `${output === undefined ? '' : `wrote ${output}: `}${suite.name}: ${parts}`
}
