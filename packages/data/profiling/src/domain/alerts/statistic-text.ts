/** A share as a percentage with three digits that count. */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`
}

/** A number with three digits that count. */
export function rounded(value: number): string {
  return String(Number(value.toPrecision(3)))
}
