import type { Matrix } from '../../domain/matrix.ts'
import type { FittedMember, MemberFit } from '../catalogue/catalogue-entry.ts'
import { configureDetector } from '../catalogue/catalogue.ts'
import type { WorkerPool } from '../ports/worker-pool.ts'
import { expectedFitMs } from './expected-cost.ts'

const START_MS = 150 // what two threads need to save before they have paid for their start: see `isWorthSplitting`

/**
 * Whether members of an ensemble are faster fitted side by side: the longest of them runs anyway, the others beside it.
 */
export function isWorthSharing(members: ReadonlyArray<MemberFit>, x: Matrix, pool: WorkerPool): boolean {
  if (pool.threads === 1 || members.length < 2) return false
  if (pool.fewestRows !== undefined) return x.rows >= pool.fewestRows
  const costs = members.map((member) => costOf(member, x))
  return costs.reduce((sum, cost) => sum + cost, 0) - Math.max(...costs) >= START_MS
}

/**
 * Fits the members of an ensemble on the threads of a pool, each whole on one thread. They are handed out by the longest
 * expected first, so that none of the long ones is left to the end (R. Graham 1969, Bounds on Multiprocessing Timing
 * Anomalies: at most 4/3 of the shortest time there is). SUOD assigns them to threads before it starts, by the sum of
 * their forecast ranks; here a thread that is done takes the next, so that a wrong forecast is made up for.
 * @returns in the order of the members; the same on any number of threads
 * @throws AnomalyDetectionError as the fits, and what the pool rejects with
 */
export async function fitMembers(
  members: ReadonlyArray<MemberFit>,
  { data, rows, columns }: Matrix,
  pool: WorkerPool,
  signal: AbortSignal | undefined,
): Promise<ReadonlyArray<FittedMember>> {
  const x: Matrix = { data, rows, columns }
  const order = longestFirst(members, x)
  const parts = order.map((member) => ({ ...(members[member] as MemberFit), x }))
  const fitted = await pool.run('fit', parts, { signal })
  return members.map((_, member) => fitted[order.indexOf(member)] as FittedMember) // the order has every member once
}

/** The members by expected cost, the longest first, the earlier of equals first. */
export function longestFirst(members: ReadonlyArray<MemberFit>, x: Matrix): ReadonlyArray<number> {
  const costs = members.map((member) => costOf(member, x))
  return members.map((_, i) => i).sort((a, b) => (costs[b] as number) - (costs[a] as number) || a - b)
}

function costOf({ detector, parameters }: MemberFit, x: Matrix): number {
  return expectedFitMs(configureDetector(detector, parameters), x)
}
