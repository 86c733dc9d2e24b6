import type { TableEngine } from '../ports/table-engine.ts'
import { validate } from '../validate.ts'
import type { Suggestion } from './suggestion.ts'

/** Suggestions by whether the table itself meets them. */
export interface HeldSuggestions {
  readonly held: ReadonlyArray<Suggestion>
  readonly others: ReadonlyArray<Suggestion>
}

/**
 * Tries suggestions on the table that they were made from: its profile is an estimate in parts where there are many rows, and what the
 * table does not meet is better not suggested.
 * @throws QualityError what `validate` throws
 */
export async function heldSuggestions(
  suggestions: ReadonlyArray<Suggestion>,
  engine: TableEngine,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<HeldSuggestions> {
  const suite = { name: 'suggestions', expectations: suggestions.map(({ expectation }) => expectation) }
  const { results } = await validate(suite, engine, { resultFormat: 'BOOLEAN_ONLY', ...(signal && { signal }) })
  const isHeld = (_: Suggestion, index: number): boolean => results[index]?.success === true
  return { held: suggestions.filter(isHeld), others: suggestions.filter((one, index) => !isHeld(one, index)) }
}
