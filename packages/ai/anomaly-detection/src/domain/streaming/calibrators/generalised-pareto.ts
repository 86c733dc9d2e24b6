/**
 * The generalised Pareto distribution, which what lies above a high threshold follows.
 * Source: J. Pickands (1975), Statistical Inference Using Extreme Order Statistics; fitted by maximum likelihood over theta =
 * gamma / sigma alone, as in S. Grimshaw (1993), Computing Maximum Likelihood Estimates for the Generalized Pareto Distribution.
 */

/** Shape gamma (0: exponential, above: heavy-tailed, below: ends at -sigma / gamma) and scale sigma > 0. */
export interface GeneralisedPareto {
  readonly gamma: number
  readonly sigma: number
}

const LEAST_GAMMA = -0.5 // below it the likelihood has no maximum inside: it grows towards an end at the largest excess
const NARROWINGS = 40 // golden sections: the bracket shrinks by 4e-9

/**
 * @param excesses - at least one, each > 0; of any unit
 * @returns the most likely distribution with gamma >= -0.5
 */
export function fitGeneralisedPareto(excesses: Float64Array): GeneralisedPareto {
  let [sum, largest] = [0, 0]
  for (const excess of excesses) {
    sum += excess
    largest = Math.max(largest, excess)
  }
  const mean = sum / excesses.length
  const scaled = excesses.map((excess) => excess / mean)
  const gammaAt = (theta: number): number => {
    let logs = 0
    for (const excess of scaled) logs += Math.log1p(theta * excess)
    return logs / scaled.length
  }
  // the negative log-likelihood of an excess, on average, where gamma is the best one for this theta
  const lossAt = (theta: number): number => {
    const gamma = gammaAt(theta)
    if (Math.abs(theta) < 1e-9) return 1
    return gamma < LEAST_GAMMA ? Infinity : Math.log(gamma / theta) + gamma + 1
  }
  const theta = leastOf(lossAt, candidates(mean / largest))
  if (!(lossAt(theta) < 1)) return { gamma: 0, sigma: mean }
  const gamma = gammaAt(theta)
  return { gamma, sigma: Math.max(Number.MIN_VALUE, (gamma / theta) * mean) }
}

/** The mean over the excesses of -ln of their density. @param excesses - at least one, each within the distribution's range */
export function meanLossOf({ gamma, sigma }: GeneralisedPareto, excesses: Float64Array): number {
  let sum = 0
  for (const excess of excesses)
    sum += gamma === 0 ? excess / sigma : (1 + 1 / gamma) * Math.log1p((gamma * excess) / sigma)
  return Math.log(sigma) + sum / excesses.length
}

/** The probability of an excess above this one, in [0, 1]. @param excess - >= 0 */
export function paretoTail({ gamma, sigma }: GeneralisedPareto, excess: number): number {
  if (Math.abs(gamma) < 1e-12) return Math.exp(-excess / sigma)
  const base = 1 + (gamma * excess) / sigma
  return base <= 0 ? 0 : base ** (-1 / gamma)
}

/** The excess that is exceeded with this probability, in (0, 1]. */
export function paretoExcess({ gamma, sigma }: GeneralisedPareto, probability: number): number {
  if (Math.abs(gamma) < 1e-12) return -sigma * Math.log(probability)
  return (sigma / gamma) * (probability ** -gamma - 1)
}

// From just inside the end that the largest excess allows, over 0, to where the tail is endlessly heavy.
function candidates(inverseLargest: number): ReadonlyArray<number> {
  const below = [0.999, 0.99, 0.95, 0.9, 0.8, 0.65, 0.5, 0.35, 0.2, 0.1, 0.05, 0.01].map(
    (part) => -part * inverseLargest,
  )
  const above = Array.from({ length: 19 }, (_, i) => 2 ** (i - 8))
  return [...below, 0, ...above]
}

// The best of the candidates, ascending, narrowed down between its neighbours by golden section.
function leastOf(loss: (theta: number) => number, ascending: ReadonlyArray<number>): number {
  const losses = ascending.map(loss)
  const best = losses.indexOf(Math.min(...losses))
  let low = ascending[Math.max(0, best - 1)] as number
  let high = ascending[Math.min(ascending.length - 1, best + 1)] as number
  const ratio = (Math.sqrt(5) - 1) / 2
  let [left, right] = [high - ratio * (high - low), low + ratio * (high - low)]
  let [leftLoss, rightLoss] = [loss(left), loss(right)]
  for (let i = 0; i < NARROWINGS; i++) {
    if (leftLoss < rightLoss) {
      high = right
      right = left
      rightLoss = leftLoss
      left = high - ratio * (high - low)
      leftLoss = loss(left)
    } else {
      low = left
      left = right
      leftLoss = rightLoss
      right = low + ratio * (high - low)
      rightLoss = loss(right)
    }
  }
  return (low + high) / 2
}
