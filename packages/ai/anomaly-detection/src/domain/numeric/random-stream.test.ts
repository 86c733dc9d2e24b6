import { expect, it } from 'vitest'

import { type RandomStreamState, randomStream } from './random-stream.ts'
import { seededRandom } from './seeded-random.ts'

it('goes on from where it stood, after a trip through JSON', () => {
  const stream = randomStream(42)
  for (let i = 0; i < 1000; i++) stream.next()
  const resumed = randomStream(JSON.parse(JSON.stringify(stream)))
  const original = seededRandom(42)
  for (let i = 0; i < 1000; i++) original()
  for (let i = 0; i < 1000; i++) {
    const next = stream.next()
    expect(resumed.next()).toBe(next)
    expect(original()).toBe(next)
  }
})

it('refuses a state that could not be one', () => {
  const states: ReadonlyArray<unknown> = [
    [],
    [1, 2, 3],
    [0, 0, 0, 0],
    [1, 2, 3, -4],
    [1, 2, 3, 2 ** 32],
    [1, 2, 3, 0.5],
  ]
  for (const state of states) expect(() => randomStream(state as RandomStreamState)).toThrow('four integers')
})
