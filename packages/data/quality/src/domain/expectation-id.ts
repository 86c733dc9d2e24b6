import { subjectOf } from './expectation-subject.ts'
import type { Expectation } from './expectation.ts'

/**
 * A stable name of an expectation: its `id`, else made from its type, what it is about and its arguments
 * (`expectColumnValuesToBeBetween:amount:1f0c9a77`), so that it stays the same while none of them changes.
 */
export function expectationId(expectation: Expectation): string {
  const { id, type, kwargs } = expectation
  if (id !== undefined) return id
  const subject = subjectOf(expectation)
  return [type, ...(subject === '' ? [] : [subject]), fnv1a(canonicalJson(kwargs))].join(':')
}

/** JSON with members in the order of their names, so that equal data has equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => {
    if (typeof member === 'bigint') return String(member)
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member
    return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

// Source: G. Fowler, L. Noll, K.-P. Vo: FNV-1a of 32 bits, over UTF-16 units.
function fnv1a(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
