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
