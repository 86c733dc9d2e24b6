/** A number as people read it: four digits. */
export function numberText(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 4 })
}

/** A count. */
export function countText(value: number): string {
  return value.toLocaleString('en')
}

/** A moment, in the reader's own zone. */
export function timeText(epochMs: number): string {
  return new Date(epochMs).toLocaleString()
}

/** How long something takes: `250 ms`, `4.2 s`, `3 min 20 s`, `2 h 5 min`. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${numberText(Math.round(ms / 100) / 10)} s`
  const seconds = Math.round(ms / 1000)
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${countText(Math.floor(minutes / 60))} h ${minutes % 60} min`
}
