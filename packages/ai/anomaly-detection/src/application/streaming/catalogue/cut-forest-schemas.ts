import { z } from 'zod'

import type { CutForestState } from '../../../domain/streaming/cut-forest/cut-forest-state.ts'
import type { CutTreeState } from '../../../domain/streaming/cut-forest/cut-tree-state.ts'
import type { ShingleState } from '../../../domain/streaming/cut-forest/shingle.ts'
import { FARTHEST } from '../../../domain/streaming/sample.ts'

// Whether the parts of a tree fit together is checked where it is put together again.
const count = z.int().min(0)
const taken = z.number().min(-FARTHEST).max(FARTHEST)

/** Four words of a random stream; see `randomStream`. */
export const randomWords: z.ZodType<ReadonlyArray<number>> = z.array(count).length(4)

/** See `ShingleState`. */
export const shingleState: z.ZodType<ShingleState> = z.strictObject({
  values: z.array(taken),
  filled: z.array(z.int().min(0).max(1)),
  taken: count,
})

const tree = { nodes: z.array(z.int()), cuts: z.array(taken), masses: z.array(z.int().min(1)) }

/** See `CutTreeState`. */
export const cutTreeStateSchema: z.ZodType<CutTreeState> = z.strictObject(tree)

/** See `CutForestState`. */
export const cutForestState: z.ZodType<CutForestState> = z.strictObject({
  learned: count,
  random: randomWords,
  points: z.array(taken),
  trees: z.array(z.strictObject({ ...tree, keys: z.array(z.number()), items: z.array(count) })),
})

/** Points one after another, as a state lists them. */
export const points: z.ZodType<ReadonlyArray<number>> = z.array(taken)

/** Whether a shingle is that of so many samples of so many numbers. */
export function isShingleOf({ values, filled }: ShingleState, columns: number, size: number): boolean {
  return values.length === columns * size && filled.length === values.length
}
