import type { StreamStateStore } from '../../application/ports/stream-state-store.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'

interface Kept {
  readonly mark: number
  readonly state: string
}

/**
 * Keeps idle models in memory, as text: for tests, and for models that take less room that way.
 * Bounded by the number of entities only.
 */
export function createMemoryStreamStateStore(): StreamStateStore {
  const kept = new Map<string, Kept[]>() // of each key the newest last, and no more than the last two marks need
  let current = 1 // the mark that what is put now will belong to
  let oldest = 0 // the oldest mark that can be gone back to
  return {
    get: (key) => kept.get(key)?.at(-1)?.state,
    put: (key, state) => {
      const before = kept.get(key) ?? []
      const needed = before.filter(({ mark }, i) => mark < current && (before[i + 1]?.mark ?? Infinity) > oldest)
      kept.set(key, [...needed, { mark: current, state }])
    },
    mark: () => {
      oldest = current - 1
      return current++
    },
    rewind: (mark) => {
      if (mark !== 0 && (mark < oldest || mark >= current)) throw unknownMark(mark)
      for (const [key, states] of kept) {
        const left = states.filter((one) => one.mark <= mark)
        if (left.length === 0) kept.delete(key)
        else kept.set(key, left)
      }
      current = mark + 1
      oldest = Math.min(oldest, mark)
    },
  }
}

/** Says that a store does not know a mark. */
export function unknownMark(mark: number): AnomalyDetectionError {
  return new AnomalyDetectionError(
    'anomaly-detection/invalid-stream-state',
    `the store cannot go back to mark ${mark}: it belongs to another state, or to a newer one`,
    { mark },
  )
}
