import type { StreamDriftDetector, StreamDriftState } from '../../domain/drift/stream/stream-drift-detector.ts'
import { UnitScale, type UnitScaleState } from '../../domain/streaming/window/unit-scale.ts'

/** What is watched of a stream, and by what. */
export interface DriftWatchParts {
  /** Names of what is watched: `score`, features. */
  readonly names: ReadonlyArray<string>
  /** Numbers that set the scale of each before it is watched. */
  readonly warmUp: number
  /** Whether the detector watches errors (0 or 1) and not numbers; these need no scale. */
  readonly watchesErrors: boolean
  readonly newDetector: () => StreamDriftDetector
}

/** Watches numbers of a stream, each with a drift detector of its own. */
export class DriftWatch {
  readonly #parts: DriftWatchParts
  readonly #watched: Array<{ readonly scale: UnitScale; readonly detector: StreamDriftDetector }>

  constructor(parts: DriftWatchParts) {
    this.#parts = parts
    this.#watched = parts.names.map(() => ({ scale: new UnitScale(parts.warmUp), detector: parts.newDetector() }))
  }

  /**
   * @param at - which of the names the number belongs to
   * @param value - NaN is passed over
   * @returns whether it has changed
   */
  hasChanged(at: number, value: number): boolean {
    const watched = this.#watched[at]
    if (watched === undefined || Number.isNaN(value)) return false
    const { scale, detector } = watched
    if (this.#parts.watchesErrors) return detector.update(value) === 'drift'
    if (scale.isSet) return detector.update(scale.scaled(value)) === 'drift'
    scale.learn(value)
    return false
  }

  /** Begins anew: what was seen so far belongs to the past. */
  restart(): void {
    const { names, warmUp, newDetector } = this.#parts
    for (let i = 0; i < names.length; i++) {
      this.#watched[i] = { scale: new UnitScale(warmUp), detector: newDetector() }
    }
  }

  toJSON(): DriftWatchState {
    return this.#watched.map(({ scale, detector }) => ({ scale: scale.toJSON(), detector: detector.toJSON() }))
  }

  /** Goes on from a `toJSON()`, which has been checked. */
  resume(state: DriftWatchState, restore: (state: StreamDriftState) => StreamDriftDetector): void {
    for (const [i, { scale, detector }] of state.entries()) {
      this.#watched[i] = { scale: UnitScale.fromJSON(scale), detector: restore(detector) }
    }
  }
}

/** A watch as JSON data, an entry for each name. */
export type DriftWatchState = ReadonlyArray<{ readonly scale: UnitScaleState; readonly detector: StreamDriftState }>
