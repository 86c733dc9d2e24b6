import type { Matrix } from '@nomaly/ai-anomaly-detection'

/** What every picture shows: a tight cluster, a wide one, an arc, and a few rows apart. The same on every machine. */
export function samplePoints(): Matrix {
  const random = lehmer(20)
  const normal = (): number => random() + random() + random() + random() - 2 // near enough to a bell, sd 0.58
  const points: Array<readonly [number, number]> = []
  for (let i = 0; i < 120; i++) points.push([-2.4 + 0.5 * normal(), 1.8 + 0.5 * normal()])
  for (let i = 0; i < 120; i++) points.push([2 + 1.3 * normal(), 1.6 + 1.3 * normal()])
  for (let i = 0; i < 100; i++) {
    const angle = Math.PI * (1.1 + 0.8 * random())
    points.push([3.1 * Math.cos(angle) + 0.2 * normal(), 3.1 * Math.sin(angle) + 0.2 * normal()])
  }
  for (const apart of OUTLIERS) points.push(apart)
  return { data: Float64Array.from(points.flat()), rows: points.length, columns: 2 }
}

/** Half the width of the square that the pictures show. */
export const EXTENT = 5

const OUTLIERS: ReadonlyArray<readonly [number, number]> = [
  [-4.4, -3.8],
  [4.3, -2.6],
  [0.1, -0.9],
  [-2.2, 4.3],
  [-4.5, 0.4],
  [0, 3.9],
  [-1.1, 1.1],
]

/** D. Lehmer's generator with Park and Miller's constants, in (0, 1): enough for a picture. */
export function lehmer(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}
