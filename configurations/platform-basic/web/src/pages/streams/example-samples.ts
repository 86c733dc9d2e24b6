import type { Stream } from './stream.ts'

const COUNT = 400
const ODD = 350

/** Lines to try a stream with: a wave that goes on where the samples before ended, with one value far off. */
export function exampleSamples({ features, options = {}, samples = 0 }: Stream, now: number): string {
  const names = features ?? ['value']
  const line = (i: number): string => {
    const wave = Math.sin((samples + i) / 8) + Math.sin((samples + i) * 12.9898) / 10
    const entries = names.map((name, at) => [name, Number(((i === ODD ? 9 : wave) + at).toFixed(3))])
    const { key, time } = options
    return JSON.stringify({
      ...(time !== undefined && { [time]: now + i * 1000 }),
      ...(key !== undefined && { [key]: 'a' }),
      ...Object.fromEntries(entries),
    })
  }
  return Array.from({ length: COUNT }, (_, i) => line(i)).join('\n')
}
