import { invalidArgument } from '../refusals.ts'
import { checkVersion } from '../registry/checks.ts'
import type { Routing } from './endpoint.ts'

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/

/** One version answers everybody. */
export function allTo(version: string): Routing {
  return { targets: [{ version, weight: 1 }] }
}

/** The candidate answers a share of the traffic in (0, 1), the stable version the rest. @throws MlopsError `mlops/invalid-argument` */
export function canary(stable: string, candidate: string, share: number): Routing {
  if (!(share > 0 && share < 1))
    throw invalidArgument('share', `must be between 0 and 1, not ${share}`, { found: share })
  return {
    targets: [
      { version: stable, weight: 1 - share },
      { version: candidate, weight: share },
    ],
  }
}

/** Each version answers its weight's share: an A/B test where they are equal. */
export function split(weights: Readonly<Record<string, number>>): Routing {
  return { targets: Object.entries(weights).map(([version, weight]) => ({ version, weight })) }
}

/** The stable version answers everybody; the candidates see the same inputs and answer nobody. */
export function shadowed(stable: string, ...candidates: ReadonlyArray<string>): Routing {
  return { ...allTo(stable), shadows: candidates.map((version) => ({ version })) }
}

/** @throws MlopsError `mlops/invalid-argument` for no target, bad weights or shares, a version that comes twice */
export function checkRouting({ targets, shadows = [], seed = 0 }: Routing): void {
  if (targets.length === 0) throw invalidArgument('routing.targets', 'must name at least one version')
  if (targets.length + shadows.length > 100) throw invalidArgument('routing', 'may name at most 100 versions')
  if (!Number.isSafeInteger(seed)) throw invalidArgument('routing.seed', `must be a whole number, not ${seed}`)
  const seen = new Set<number>()
  for (const { version } of [...targets, ...shadows]) {
    const number = checkVersion(version)
    if (seen.has(number)) throw invalidArgument('routing', `version ${version} comes twice`, { found: version })
    seen.add(number)
  }
  for (const { version, weight } of targets)
    if (!(weight > 0 && Number.isFinite(weight)))
      throw invalidArgument('routing.targets', `the weight of ${version} must be above 0, not ${weight}`, {
        found: weight,
      })
  for (const { version, share = 1 } of shadows)
    if (!(share > 0 && share <= 1))
      throw invalidArgument('routing.shadows', `the share of ${version} must be in (0, 1], not ${share}`, {
        found: share,
      })
}

/** @throws MlopsError `mlops/invalid-argument` */
export function checkEndpointName(name: string): void {
  if (NAME.test(name)) return
  const form = "must be 1 to 63 letters, digits, '.', '_' and '-', and begin and end with a letter or digit"
  throw invalidArgument('name', form, { found: name.slice(0, 100) })
}
