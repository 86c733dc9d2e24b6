/** A number as people read it: four digits. */
export function numberText(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 4 })
}

/** A count. */
export function countText(value: number): string {
  return value.toLocaleString('en')
}

/** A share, 0 to 1, in per cent. */
export function percentText(share: number): string {
  return share.toLocaleString('en', { style: 'percent', maximumFractionDigits: 1 })
}

/** A moment, in the reader's own zone. */
export function timeText(epochMs: number): string {
  return new Date(epochMs).toLocaleString()
}
