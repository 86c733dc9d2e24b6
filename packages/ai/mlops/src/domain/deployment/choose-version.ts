/**
 * Weighted rendezvous hashing: each version draws -ln(u) / weight, the smallest wins. A key stays with its version as long
 * as that version's share does not fall, and each version's share of keys is its share of the weights.
 * Source: C. Schindelhauer, G. Schomaker (2005), Weighted Distributed Hash Tables.
 */
import type { Routing, Target } from './endpoint.ts'
import { murmur3 } from './murmur3.ts'

const WHOLE = 2 ** 32

/** Where a draw comes from: a key, so that equal keys go the same way, or chance in [0, 1). */
export type Draw = { readonly key: string } | { readonly random: () => number }

/** The version that answers. @param salt - the endpoint's name: each deals its keys on its own */
export function chooseVersion({ targets, seed = 0 }: Routing, salt: string, draw: Draw): string {
  let [best] = targets
  let least = Number.POSITIVE_INFINITY
  for (const target of targets) {
    const score = scoreOf(target, salt, seed, draw)
    if (score >= least) continue
    least = score
    best = target
  }
  return best?.version ?? ''
}

/** The shadows that see this input. */
export function chooseShadows({ shadows = [], seed = 0 }: Routing, salt: string, draw: Draw): ReadonlyArray<string> {
  return shadows
    .filter(({ version, share = 1 }) => share === 1 || uniform(`${salt}/shadow/${version}`, seed, draw) < share)
    .map(({ version }) => version)
}

function scoreOf({ version, weight }: Target, salt: string, seed: number, draw: Draw): number {
  return -Math.log(uniform(`${salt}/${version}`, seed, draw)) / weight
}

/** In (0, 1): neither end, for the logarithm's sake. */
function uniform(what: string, seed: number, draw: Draw): number {
  if ('random' in draw) return (Math.floor(draw.random() * WHOLE) + 0.5) / WHOLE
  return (murmur3(`${what}/${draw.key}`, seed) + 0.5) / WHOLE
}
