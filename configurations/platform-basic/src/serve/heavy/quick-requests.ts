/**
 * Which requests are answered sooner than they are handed to a thread, by how long the like of them took there.
 */
export interface QuickRequests {
  /** Whether requests like this one, of about its size or more, were quick. */
  readonly isQuick: (kind: string, size: number) => boolean
  readonly took: (kind: string, size: number, durationMs: number) => void
  readonly forget: () => void
}

const QUICK_MS = 8
const GROWTH = 1.25
const KEPT_MS = 600_000 // what a kind asks for may change, such as the latest version of a model
const MOST_KINDS = 1000

interface Known {
  readonly size: number
  readonly durationMs: number
  readonly until: number
}

/** @param now - milliseconds */
export function createQuickRequests(now: () => number): QuickRequests {
  const known = new Map<string, Known>() // the one heard of last at the end
  return {
    isQuick: (kind, size) => {
      const before = known.get(kind)
      if (before === undefined || before.until < now()) return false
      return before.durationMs <= QUICK_MS && size <= before.size * GROWTH
    },
    took: (kind, size, durationMs) => {
      known.delete(kind)
      known.set(kind, { size, durationMs, until: now() + KEPT_MS })
      const oldest = known.keys().next().value
      if (known.size > MOST_KINDS && oldest !== undefined) known.delete(oldest)
    },
    forget: () => known.clear(),
  }
}
