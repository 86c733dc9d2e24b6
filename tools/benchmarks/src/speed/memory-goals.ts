import { type Size, sizeName } from '../size.ts'

/** The most memory that we want fit and score to take, above interpreter, libraries and data. */
export interface MemoryGoal {
  readonly peer: string
  readonly size: string
  /** Of the peer's, or of the data's own size. */
  readonly of: 'peer' | 'data'
  readonly atMost: number
}

const LARGER = ['100000x10', '100000x50', '1000000x10'] // below these, a few MB of the runtime's own are most of it

/**
 * Memory goals. Three times the matrix beyond the bare process is twice the matrix above the data.
 */
export const memoryGoals: ReadonlyArray<MemoryGoal> = [
  ...['ecod', 'copod'].flatMap((peer) => LARGER.map((size) => ({ peer, size, of: 'peer', atMost: 1 / 8 }) as const)),
  ...['iforest', 'ecod', 'hbos', 'pca'].map((peer) => ({ peer, size: '1000000x10', of: 'data', atMost: 2 }) as const),
]

/** What a peer and we took at a size, in MB (2^20 bytes). */
export interface MemoryUse {
  readonly peer: string
  readonly size: Size
  readonly oursMb: number
  readonly theirsMb: number
}

/** What became of a memory goal, in a line. */
export function memoryGoalLine({ peer, size, of, atMost }: MemoryGoal, uses: ReadonlyArray<MemoryUse>): string {
  const use = uses.find((one) => one.peer === peer && sizeName(one.size) === size)
  const than = of === 'peer' ? "the peer's" : 'the matrix'
  const aim = `${peer} at ${size}, memory: at most ${atMost < 1 ? `1/${1 / atMost}` : atMost} of ${than}`
  if (use === undefined) return `**not measured**: ${aim}`
  const whole = of === 'peer' ? use.theirsMb : (use.size.rows * use.size.columns * 8) / 2 ** 20
  const share = use.oursMb / whole
  return `${share <= atMost ? 'met' : '**missed**'}: ${aim}, measured ${(Math.ceil(share * 1000) / 1000).toFixed(3)}`
}
