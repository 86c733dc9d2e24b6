/** A look at a job's progress. */
export interface Look {
  /** Milliseconds of any clock that only goes on. */
  readonly at: number
  readonly done: number
}

const MOST_LOOKS = 20
const SHORTEST_MS = 1000

/** The looks with one more; they begin anew where the work did, as with the next attempt or another part of the work. */
export function lookedAgain(looks: ReadonlyArray<Look>, next: Look): ReadonlyArray<Look> {
  const last = looks.at(-1)
  if (last === undefined || next.done < last.done) return [next]
  return [...looks, next].slice(-MOST_LOOKS)
}

/** A second's work over the looks, and the milliseconds that are left at that pace; undefined while it cannot be said. */
export function paceOf(
  looks: ReadonlyArray<Look>,
  { total }: { readonly total?: number | undefined },
): { readonly perSecond: number; readonly leftMs: number | undefined } | undefined {
  const [first, last] = [looks[0], looks.at(-1)]
  if (first === undefined || last === undefined || last.at - first.at < SHORTEST_MS || last.done <= first.done)
    return undefined
  const perSecond = ((last.done - first.done) * 1000) / (last.at - first.at)
  return { perSecond, leftMs: total === undefined ? undefined : (Math.max(0, total - last.done) * 1000) / perSecond }
}
