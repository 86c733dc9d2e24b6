import { FeatureScales } from '../feature-scales.ts'
import { SlidingRows } from '../sliding-rows.ts'
import { StateReader } from '../state-reader.ts'
import { NearestDistances } from './nearest-distances.ts'

const MOST_DEVIATIONS = 1e6 // a column that was constant until now: any change is endlessly many deviations away

/** The last samples with the nearest neighbours of each among them, kept up to date as samples come and go. */
export class NeighbourWindow {
  readonly #columns: number
  readonly #standardizes: boolean
  // Shape (size, size): the distance between two slots.
  readonly #distances: Float64Array
  readonly #lists: ReadonlyArray<NearestDistances>
  #rows: SlidingRows
  #scales: FeatureScales

  constructor(size: number, columns: number, neighbours: number, standardizes: boolean) {
    this.#columns = columns
    this.#standardizes = standardizes
    this.#distances = new Float64Array(size * size)
    this.#lists = Array.from({ length: size }, () => new NearestDistances(neighbours))
    this.#rows = new SlidingRows(size, columns)
    this.#scales = FeatureScales.none(columns)
  }

  get count(): number {
    return this.#rows.count
  }

  add(sample: Float64Array): void {
    if (this.#rows.isFull) this.#takeLeave(this.#rows.nextSlot)
    const slot = this.#rows.add(sample)
    if (this.#rescales()) {
      this.#rebuild()
      return
    }
    const { size, count } = this.#rows
    for (let other = 0; other < count; other++) {
      const distance = this.#between(slot, other)
      this.#distances[slot * size + other] = distance
      this.#distances[other * size + slot] = distance
      if (other !== slot) this.#lists[other]?.offer(distance, slot)
    }
    this.#relist(slot)
  }

  /** Fills the list with the slots nearest to a sample. */
  nearestTo(sample: Float64Array, list: NearestDistances): void {
    list.clear()
    const { data, count } = this.#rows
    for (let slot = 0; slot < count; slot++) list.offer(this.#distance(sample, 0, data, slot * this.#columns), slot)
  }

  /** The mean reachability distance over the neighbours in a list: each as far as its own neighbourhood reaches at least. */
  meanReach({ count, slots, distances }: NearestDistances): number {
    let sum = 0
    for (let i = 0; i < count; i++) {
      const reach = (this.#lists[slots[i] as number] as NearestDistances).limit
      sum += Math.max(reach, distances[i] as number)
    }
    return sum / count
  }

  meanReachOf(slot: number): number {
    return this.meanReach(this.#lists[slot] as NearestDistances)
  }

  toState(): Readonly<Record<string, unknown>> {
    return { ...this.#rows.toState(), scales: this.#scales.toJSON() }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromState(
    state: StateReader,
    size: number,
    columns: number,
    neighbours: number,
    standardizes: boolean,
  ): NeighbourWindow {
    const window = new NeighbourWindow(size, columns, neighbours, standardizes)
    window.#rows = SlidingRows.fromState(state, size, columns)
    window.#scales = FeatureScales.fromState(new StateReader(state.part('scales'), 'scales of a window'), columns)
    window.#rebuild()
    return window
  }

  // Where the slot was a neighbour, the nearest that was none yet takes its place.
  #takeLeave(slot: number): void {
    const { size, count } = this.#rows
    for (let other = 0; other < count; other++) {
      const list = this.#lists[other] as NearestDistances
      if (other === slot || (this.#distances[slot * size + other] as number) > list.limit) continue
      const last = list.count - 1
      const [farthest, lastSlot] = [list.distances[last] as number, list.slots[last] as number]
      if (!list.remove(slot)) continue
      const next = this.#firstBeyond(other, farthest, lastSlot, slot)
      if (next !== -1) list.offer(this.#distances[other * size + next] as number, next)
    }
  }

  // The nearest to a slot among those that come after a given distance and slot, but one; -1 where there is none.
  #firstBeyond(slot: number, distance: number, lastSlot: number, without: number): number {
    const { size, count } = this.#rows
    let [nearest, found] = [Infinity, -1]
    for (let other = 0; other < count; other++) {
      const candidate = this.#distances[slot * size + other] as number
      if (candidate >= nearest || candidate < distance || other === slot || other === without) continue
      if (candidate === distance && other <= lastSlot) continue
      nearest = candidate
      found = other
    }
    return found
  }

  // Lists of one and the same window are the same however they came about: ties go by slot.
  #relist(slot: number): void {
    const list = this.#lists[slot] as NearestDistances
    const { size, count } = this.#rows
    list.clear()
    for (let other = 0; other < count; other++) {
      if (other !== slot) list.offer(this.#distances[slot * size + other] as number, other)
    }
  }

  #rebuild(): void {
    const { size, count } = this.#rows
    for (let slot = 0; slot < count; slot++) {
      for (let other = 0; other <= slot; other++) {
        const distance = this.#between(slot, other)
        this.#distances[slot * size + other] = distance
        this.#distances[other * size + slot] = distance
      }
    }
    for (let slot = 0; slot < count; slot++) this.#relist(slot)
  }

  #between(slot: number, other: number): number {
    const { data } = this.#rows
    return this.#distance(data, slot * this.#columns, data, other * this.#columns)
  }

  #distance(a: Float64Array, atA: number, b: Float64Array, atB: number): number {
    const { inverses } = this.#scales
    let squares = 0
    for (let column = 0; column < inverses.length; column++) {
      const difference = ((a[atA + column] as number) - (b[atB + column] as number)) * (inverses[column] as number)
      squares += difference * difference
    }
    return this.#standardizes ? Math.min(MOST_DEVIATIONS, Math.sqrt(squares)) : Math.sqrt(squares)
  }

  // At 2, 4, 8, ... samples and then once a window; a deviation that has not doubled or halved may stay.
  #rescales(): boolean {
    const { data, count, size, nextSlot } = this.#rows
    const isDue = count < size ? (count & (count - 1)) === 0 && count > 1 : nextSlot === 0
    if (!this.#standardizes || !isDue) return false
    const scales = FeatureScales.of(data, count, this.#columns)
    const hasMoved = scales.inverses.some((inverse, column) => {
      const ratio = inverse / (this.#scales.inverses[column] as number)
      return ratio > 2 || ratio < 0.5
    })
    if (hasMoved) this.#scales = scales
    return hasMoved
  }
}
