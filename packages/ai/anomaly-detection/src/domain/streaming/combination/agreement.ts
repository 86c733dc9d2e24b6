import { StateReader } from '../state-reader.ts'

const LEAST_WEIGHT = 0.05 // beside 1 for full agreement: who disagrees today is still heard tomorrow

/**
 * How far each of several detectors agrees with the others: the exponentially weighted correlation of its score with the mean of
 * theirs. Source of the idea: E. Schubert, R. Wojdanowski, A. Zimek, H.-P. Kriegel (2012), On Evaluation of Outlier Rankings and
 * Outlier Scores (greedy ensembles weigh by correlation); here without a target, and on a stream.
 */
export class Agreement {
  readonly #alpha: number
  // Shapes (members): weighted means of own times others', own squared and others' squared.
  readonly #products: Float64Array
  readonly #own: Float64Array
  readonly #others: Float64Array

  constructor(members: number, alpha: number) {
    this.#alpha = alpha
    this.#products = new Float64Array(members)
    this.#own = new Float64Array(members)
    this.#others = new Float64Array(members)
  }

  /** @param places - shape (members): of a sample's scores, each on its member's scale, see `ScoreScale` */
  push(places: Float64Array): void {
    const sum = places.reduce((total, place) => total + place, 0)
    const count = Math.max(1, places.length - 1)
    for (let member = 0; member < places.length; member++) {
      const own = places[member] as number
      const others = (sum - own) / count
      fade(this.#products, member, own * others, this.#alpha)
      fade(this.#own, member, own * own, this.#alpha)
      fade(this.#others, member, others * others, this.#alpha)
    }
  }

  /** Shape (members), each above 0, the sum 1; all alike before the first score. */
  weights(): Float64Array {
    const weights = this.#products.map((product, member) => {
      const spread = Math.sqrt((this.#own[member] as number) * (this.#others[member] as number))
      return Math.max(LEAST_WEIGHT, spread > 0 ? product / spread : 0)
    })
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    return weights.map((weight) => weight / total)
  }

  toJSON(): Readonly<Record<string, unknown>> {
    const [products, own, others] = [this.#products, this.#own, this.#others].map((list) => Array.from(list))
    return { alpha: this.#alpha, products, own, others }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromJSON(state: unknown, members: number): Agreement {
    const reader = new StateReader(state, 'agreement of detectors')
    const agreement = new Agreement(members, reader.number('alpha', Number.MIN_VALUE, 1))
    agreement.#products.set(reader.numbers('products', members))
    agreement.#own.set(reader.numbers('own', members))
    agreement.#others.set(reader.numbers('others', members))
    return agreement
  }
}

function fade(means: Float64Array, member: number, value: number, alpha: number): void {
  const mean = means[member] as number
  means[member] = mean + alpha * (value - mean)
}
