import type { Expectation } from '../../domain/expectation.ts'

/** What became of a suggestion; `present`: somebody's own expectation says it already. */
export type SuggestionState = 'proposed' | 'accepted' | 'rejected' | 'present'

/** The id and state that a suggestion in a suite has, in its `meta.suggestion`; undefined for an expectation of people. */
export function decidedOf({ id, meta }: Expectation): { readonly id: string; readonly state: unknown } | undefined {
  const notes = meta?.['suggestion']
  if (id === undefined || typeof notes !== 'object' || notes === null) return undefined
  return { id, state: Reflect.get(notes, 'state') }
}

/** The expectation with a state, and a mark of what it says now. */
export function noted(expectation: Expectation, state: SuggestionState): Expectation {
  const notes = expectation.meta?.['suggestion']
  const suggestion = { ...(typeof notes === 'object' ? notes : {}), state, mark: markOf(expectation) }
  return { ...expectation, meta: { ...expectation.meta, suggestion } }
}

/** Whether somebody changed the expectation after it was suggested. */
export function isEdited(expectation: Expectation): boolean {
  const notes = expectation.meta?.['suggestion']
  const mark: unknown = typeof notes === 'object' && notes !== null ? Reflect.get(notes, 'mark') : undefined
  return mark !== markOf(expectation)
}

// FNV-1a of 32 bits, of what the expectation asks for.
function markOf({ type, kwargs, severity }: Expectation): string {
  const members = Object.entries(kwargs).sort(([a], [b]) => (a < b ? -1 : 1))
  const text = JSON.stringify([type, severity ?? 'critical', members], (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  )
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash.toString(16).padStart(8, '0')
}
