import type { Matrix } from '../../domain/matrix.ts'
import { firstNonFinite } from '../../domain/missing-values.ts'
import type { NeighbourSearch, TrainingNeighbours } from '../../domain/training-neighbours.ts'
import type { ConfiguredDetector } from '../catalogue/catalogue-entry.ts'

/** A search for neighbours that several detectors begin with. */
interface SharedSearch {
  readonly search: NeighbourSearch
  /** Detectors that have yet to come. */
  left: number
  found?: Promise<TrainingNeighbours>
}

/** The neighbours that a detector's fit begins with; undefined where no other detector needs the same. */
export type SharedSearches = (
  detector: ConfiguredDetector,
  find: (search: NeighbourSearch) => Promise<TrainingNeighbours>,
) => Promise<TrainingNeighbours | undefined>

/**
 * Searches once for the neighbours that several detectors look up among the same rows by the same metric: for as many as
 * any of them needs, since the nearest few are the first of the nearest many. They are forgotten with the last of these
 * detectors; each is to be asked for once.
 */
export function sharedSearchesOf(detectors: ReadonlyArray<ConfiguredDetector>, { rows, data }: Matrix): SharedSearches {
  const shared = new Map<string, SharedSearch>()
  const isRefused = firstNonFinite(data) !== -1 // left to the fits, which say what is wrong with it
  for (const detector of isRefused ? [] : detectors) {
    const own = searchOf(detector, rows)
    if (own === undefined) continue
    const known = shared.get(own.metric)
    const k = Math.max(own.k, known?.search.k ?? 0)
    shared.set(own.metric, { search: { k, metric: own.metric }, left: (known?.left ?? 0) + 1 })
  }
  for (const [metric, { left }] of shared) if (left === 1) shared.delete(metric)
  return async (detector, find) => {
    const metric = searchOf(detector, rows)?.metric
    const search = metric === undefined ? undefined : shared.get(metric)
    if (metric === undefined || search === undefined) return undefined
    search.found ??= find(search.search)
    if (--search.left === 0) shared.delete(metric)
    return search.found
  }
}

function searchOf({ trainingNeighbours }: ConfiguredDetector, rows: number): NeighbourSearch | undefined {
  const search = rows > 1 ? trainingNeighbours?.(rows) : undefined
  return search === undefined || search.k === 0 ? undefined : search
}
