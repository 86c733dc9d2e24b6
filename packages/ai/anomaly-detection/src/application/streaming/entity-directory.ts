/** The entities of a stream: as many as may be are kept in memory, the others in a store. */
import type { StreamStateStore } from '../ports/stream-state-store.ts'
import type { EntityInlet } from './entity-inlet.ts'

/** How entities come and go. */
export interface EntityDirectoryParts {
  /** The most that are kept in memory, >= 1. */
  readonly live: number
  readonly store: StreamStateStore | undefined
  readonly make: (key: string) => EntityInlet
  /** @throws AnomalyDetectionError `invalid-stream-state` */
  readonly restore: (key: string, state: string) => EntityInlet
  /** Called for each that had to go while there is no store. */
  readonly forget: (key: string) => void
}

/** Finds or makes entities by key; the one that was idle longest gives way. */
export class EntityDirectory {
  readonly #parts: EntityDirectoryParts
  readonly #live = new Map<string, EntityInlet>() // the one used last comes last
  readonly #unfinished: Set<string> // keys in the store whose entities hold samples back
  #lastKey = ''
  #last: EntityInlet | undefined

  /** @param unfinished - see `unfinished` */
  constructor(parts: EntityDirectoryParts, unfinished: Iterable<string> = []) {
    this.#parts = parts
    this.#unfinished = new Set(unfinished)
  }

  /** @throws AnomalyDetectionError `storage-failed`, `invalid-stream-state` */
  get(key: string): EntityInlet {
    if (this.#last !== undefined && this.#lastKey === key) return this.#last
    const entity = this.#live.get(key) ?? this.#fetch(key)
    this.#live.delete(key)
    this.#live.set(key, entity)
    this.#lastKey = key
    this.#last = entity
    return entity
  }

  /** Those in memory, the one idle longest first. */
  live(): IterableIterator<[string, EntityInlet]> {
    return this.#live.entries()
  }

  /** Puts one back that was live when the stream was stopped. */
  add(key: string, entity: EntityInlet): void {
    this.#live.set(key, entity)
  }

  /** Keys of entities that are not in memory and hold samples back, for others that may come before them. */
  unfinished(): ReadonlyArray<string> {
    return [...this.#unfinished]
  }

  /** Writes what has changed to the store and marks it; undefined where there is none. */
  mark(): number | undefined {
    const { store } = this.#parts
    if (store === undefined) return undefined
    for (const [key, entity] of this.#live) this.#spill(store, key, entity)
    return store.mark()
  }

  /**
   * Writes what has changed to the store, for about so many milliseconds.
   * @returns whether `mark` has nothing left to write
   */
  putAway(mostMs: number): boolean {
    const { store } = this.#parts
    if (store === undefined) return true
    const end = performance.now() + mostMs
    for (const [key, entity] of this.#live) {
      if (entity.isDirty && performance.now() >= end) return false
      this.#spill(store, key, entity)
    }
    return true
  }

  #fetch(key: string): EntityInlet {
    const { live, store, make, restore } = this.#parts
    const state = store?.get(key)
    this.#unfinished.delete(key)
    const entity = state === undefined ? make(key) : restore(key, state)
    if (this.#live.size >= live) this.#dismiss()
    return entity
  }

  #dismiss(): void {
    const { store, forget } = this.#parts
    for (const [key, entity] of this.#live) {
      if (store === undefined) forget(key)
      else this.#spill(store, key, entity)
      if (store !== undefined && entity.holdsBack) this.#unfinished.add(key)
      this.#live.delete(key)
      return
    }
  }

  #spill(store: StreamStateStore, key: string, entity: EntityInlet): void {
    if (!entity.isDirty) return
    store.put(key, JSON.stringify(entity))
    entity.isDirty = false
  }
}
