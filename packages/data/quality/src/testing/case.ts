/** A test runner's `it`: a title and the body of a test. */
export type Case = (title: string, body: () => Promise<void>) => void

/** @throws Error where the two are not equal as JSON; bigints count as their text, NaN as `NaN` */
export function expectEqual(found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found, plain), JSON.stringify(expected, plain)]
  if (a !== b) throw new Error(`expected ${b}, found ${a}`)
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
}
