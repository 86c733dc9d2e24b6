import type { PromotionGate } from './gate.ts'

/** What counts as drift of the candidate. */
export interface DriftTerms {
  /** Epoch milliseconds; the candidate's registration when absent. */
  readonly since?: number
  /** The model watched: the candidate, or who has an alias now (a challenger that served nobody has no drift). */
  readonly of?: 'candidate' | { readonly alias: string }
}

/**
 * Passes when monitoring has looked since then and saw no drift. It does not pass when nothing has looked: no news is not
 * good news.
 */
export function noDriftSince(terms: number | DriftTerms = {}): PromotionGate {
  const { since, of = 'candidate' }: DriftTerms = typeof terms === 'number' ? { since: terms } : terms
  const watched = of === 'candidate' ? of : of.alias
  return {
    name: `noDriftSince(${since === undefined ? 'registration' : new Date(since).toISOString()}, ${watched})`,
    check: async ({ candidate, holderOf, driftOf }) => {
      const version = of === 'candidate' ? candidate : await holderOf(of.alias)
      if (version === undefined) return { passed: false, evidence: { watched, reason: 'nobody has the alias' } }
      const from = since ?? version.createdAt
      const history = await driftOf(version, from)
      if (history === undefined) return { passed: false, evidence: { watched, reason: 'no monitoring is bound' } }
      const { looks, drifts } = history
      const evidence = { watched, version: version.version, since: from, looks, drifts: drifts.slice(0, 100) }
      return { passed: looks > 0 && drifts.length === 0, evidence }
    },
  }
}
