/** A test runner's `it`: a title and the body of a test. */
export type Case = (title: string, body: () => Promise<void>) => void

/** @throws Error where the two are not equal as JSON */
export function expectEqual(found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)]
  if (a !== b) throw new Error(`expected ${b}, found ${a}`)
}
