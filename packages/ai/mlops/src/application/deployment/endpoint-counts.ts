/** What one version did at one endpoint, in this process since it started. */
export interface VersionCounts {
  readonly version: string
  readonly role: 'served' | 'shadow'
  readonly answered: number
  readonly failed: number
  /** Milliseconds, over the answered ones; NaN before the first. */
  readonly meanMs: number
}

interface Sum {
  answered: number
  failed: number
  totalMs: number
}

/** Counts answers by endpoint, version and role. */
export class EndpointCounts {
  readonly #sums = new Map<string, Map<string, Sum>>()

  add(endpoint: string, version: string, role: 'served' | 'shadow', durationMs: number, failed: boolean): void {
    let sums = this.#sums.get(endpoint)
    if (sums === undefined) this.#sums.set(endpoint, (sums = new Map()))
    const key = `${role}/${version}`
    const sum = sums.get(key) ?? { answered: 0, failed: 0, totalMs: 0 }
    if (failed) sum.failed += 1
    else sum.answered += 1
    if (!failed) sum.totalMs += durationMs
    sums.set(key, sum)
  }

  of(endpoint: string): ReadonlyArray<VersionCounts> {
    return [...(this.#sums.get(endpoint) ?? [])].map(([key, { answered, failed, totalMs }]) => {
      const role = key.startsWith('shadow/') ? 'shadow' : 'served'
      return { version: key.slice(role.length + 1), role, answered, failed, meanMs: totalMs / answered }
    })
  }
}
