import { invalidArgument } from '../refusals.ts'
import type { StepDefinition } from './step.ts'

/** The name under which steps need what the pipeline is run with. */
export const INPUT = 'input'

const LONGEST_MS = 2_147_483_647 // what a timer can hold
const NAME = /^[A-Za-z0-9][\w.-]{0,99}$/

/**
 * Puts steps into an order in which each comes after those it needs, otherwise as they are given.
 * @throws MlopsError `mlops/invalid-argument` naming the step: a bad or repeated name, a need that is no step, a circle, a
 *   time-out or retry that cannot be
 */
export function planOf(pipeline: string, steps: ReadonlyArray<StepDefinition>): ReadonlyArray<StepDefinition> {
  const byName = new Map<string, StepDefinition>()
  for (const step of steps) {
    if (!NAME.test(step.name) || step.name === INPUT)
      throw refused(pipeline, step.name, `a name is 1 to 100 letters, digits, _ . - and not '${INPUT}'`)
    if (byName.has(step.name)) throw refused(pipeline, step.name, 'two steps have this name')
    checkTerms(pipeline, step)
    byName.set(step.name, step)
  }
  for (const { name, needs = [] } of steps) {
    const unknown = needs.find((need) => need !== INPUT && !byName.has(need))
    if (unknown !== undefined) {
      const known = [...byName.keys()].filter((other) => other !== name).join(', ')
      throw refused(pipeline, name, `it needs '${unknown}', which is no step; there are: ${known || 'none'}`)
    }
  }
  const order: StepDefinition[] = []
  const done = new Set<string>()
  for (const step of steps) visit(pipeline, step, byName, done, order, [])
  return order
}

function checkTerms(pipeline: string, { name, timeoutMs, retry }: StepDefinition): void {
  if (timeoutMs !== undefined && !(timeoutMs > 0 && timeoutMs <= LONGEST_MS))
    throw refused(pipeline, name, `timeoutMs is above 0 and at most ${LONGEST_MS}, found ${timeoutMs}`)
  if (retry === undefined) return
  const { attempts, firstMs, factor, maxMs } = retry
  if (Number.isInteger(attempts) && attempts >= 1 && firstMs >= 0 && factor >= 1 && maxMs >= 0 && maxMs <= LONGEST_MS)
    return
  const terms = 'attempts is a whole number from 1 on, factor from 1 on, firstMs and maxMs from 0 on'
  throw refused(pipeline, name, `retry: ${terms}, found ${JSON.stringify(retry)}`)
}

function visit(
  pipeline: string,
  step: StepDefinition,
  byName: ReadonlyMap<string, StepDefinition>,
  done: Set<string>,
  order: StepDefinition[],
  path: ReadonlyArray<string>,
): void {
  if (done.has(step.name)) return
  const trail = [...path, step.name]
  if (path.includes(step.name)) {
    const circle = trail.slice(trail.indexOf(step.name)).join(' needs ')
    throw refused(pipeline, step.name, `steps need each other in a circle: ${circle}`)
  }
  for (const need of step.needs ?? []) {
    const needed = byName.get(need)
    if (needed !== undefined) visit(pipeline, needed, byName, done, order, trail)
  }
  done.add(step.name)
  order.push(step)
}

function refused(pipeline: string, step: string, problem: string) {
  return invalidArgument('step', `step '${step}' of pipeline '${pipeline}': ${problem}`, { pipeline, found: step })
}
