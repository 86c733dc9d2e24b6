/**
 * A small fully connected network with ReLU between its layers, trained by mini-batches: back-propagation of D. Rumelhart,
 * G. Hinton, R. Williams (1986), steps by D. Kingma, J. Ba (2015), Adam, algorithm 1; weights drawn by K. He et al. (2015).
 * In double precision, one row at a time in a fixed order: the same seed gives the same network on every machine.
 */

/** What a network is: `sizes[0]` inputs, then the width of each layer. */
export interface DenseNetwork {
  readonly sizes: ReadonlyArray<number>
  /** Weights of each layer, shape (outputs, inputs), then its biases, shape (outputs), layer after layer. */
  readonly weights: Float64Array
}

/** How a network is trained. */
export interface TrainingOptions {
  readonly epochs: number
  readonly batchSize: number
  /** Adam's step. */
  readonly learningRate: number
  /** Added to each gradient as this share of the weight. */
  readonly weightDecay: number
}

const BETA_1 = 0.9
const BETA_2 = 0.999
const EPSILON = 1e-8

/** A network with random weights and biases of 0. @param normal - standard normal numbers */
export function createNetwork(sizes: ReadonlyArray<number>, normal: () => number): DenseNetwork {
  const weights = new Float64Array(parameterCount(sizes))
  eachLayer(sizes, (inputs, outputs, at) => {
    const scale = Math.sqrt(2 / inputs)
    for (let i = 0; i < inputs * outputs; i++) weights[at + i] = scale * normal()
  })
  return { sizes, weights }
}

/** How many weights and biases layers of these sizes have. */
export function parameterCount(sizes: ReadonlyArray<number>): number {
  let count = 0
  eachLayer(sizes, (inputs, outputs) => {
    count += (inputs + 1) * outputs
  })
  return count
}

/** Room for one row's way through a network: the values behind each layer, the inputs first. */
export function createActivations(sizes: ReadonlyArray<number>): ReadonlyArray<Float64Array> {
  return sizes.map((size) => new Float64Array(size))
}

/** Sends the row in `activations[0]` through the network; answers the last layer's values, which are not rectified. */
export function feedForward({ sizes, weights }: DenseNetwork, activations: ReadonlyArray<Float64Array>): Float64Array {
  const last = sizes.length - 2
  eachLayer(sizes, (inputs, outputs, at, layer) => {
    const from = activations[layer] as Float64Array
    const to = activations[layer + 1] as Float64Array
    const biases = at + inputs * outputs
    for (let o = 0, w = at; o < outputs; o++) {
      let sum = weights[biases + o] as number
      for (let i = 0; i < inputs; i++, w++) sum += (weights[w] as number) * (from[i] as number)
      to[o] = layer < last && sum < 0 ? 0 : sum
    }
  })
  return activations[sizes.length - 1] as Float64Array
}

/**
 * Trains in place on rows of `data`, shape (rows, sizes[0]), towards targets of the same rows, shape (rows, last size),
 * by the mean squared error.
 * @param order - the rows of the next epoch, in order; may throw to stop
 */
export function train(
  network: DenseNetwork,
  data: Float64Array,
  targets: Float64Array,
  options: TrainingOptions,
  order: () => Uint32Array,
): void {
  const { sizes, weights } = network
  const inputs = sizes[0] as number
  const outputs = sizes.at(-1) as number
  const activations = createActivations(sizes)
  const deltas = createActivations(sizes)
  const gradient = new Float64Array(weights.length)
  const adam = createAdam(weights.length, options)
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    const rows = order()
    for (let start = 0; start < rows.length; start += options.batchSize) {
      const end = Math.min(start + options.batchSize, rows.length)
      gradient.fill(0)
      for (let i = start; i < end; i++) {
        const row = rows[i] as number
        activations[0]?.set(data.subarray(row * inputs, (row + 1) * inputs))
        const out = feedForward(network, activations)
        const delta = deltas.at(-1) as Float64Array
        for (let o = 0; o < outputs; o++) {
          delta[o] = (2 * ((out[o] as number) - (targets[row * outputs + o] as number))) / (outputs * (end - start))
        }
        backPropagate(network, activations, deltas, gradient)
      }
      adam(weights, gradient)
    }
  }
}

function backPropagate(
  { sizes, weights }: DenseNetwork,
  activations: ReadonlyArray<Float64Array>,
  deltas: ReadonlyArray<Float64Array>,
  gradient: Float64Array,
): void {
  let end = weights.length
  for (let layer = sizes.length - 2; layer >= 0; layer--) {
    const inputs = sizes[layer] as number
    const outputs = sizes[layer + 1] as number
    const at = end - (inputs + 1) * outputs
    const biases = at + inputs * outputs
    const from = activations[layer] as Float64Array
    const delta = deltas[layer + 1] as Float64Array
    const before = deltas[layer] as Float64Array
    before.fill(0)
    for (let o = 0, w = at; o < outputs; o++) {
      const d = delta[o] as number
      if (d === 0) {
        w += inputs
        continue
      }
      gradient[biases + o] = (gradient[biases + o] as number) + d
      for (let i = 0; i < inputs; i++, w++) {
        gradient[w] = (gradient[w] as number) + d * (from[i] as number)
        before[i] = (before[i] as number) + d * (weights[w] as number)
      }
    }
    for (let i = 0; i < inputs; i++) if ((from[i] as number) <= 0 && layer > 0) before[i] = 0
    end = at
  }
}

function createAdam(
  length: number,
  { learningRate, weightDecay }: TrainingOptions,
): (weights: Float64Array, gradient: Float64Array) => void {
  const mean = new Float64Array(length)
  const square = new Float64Array(length)
  let power1 = 1
  let power2 = 1
  return (weights, gradient) => {
    power1 *= BETA_1
    power2 *= BETA_2
    const step = learningRate * (Math.sqrt(1 - power2) / (1 - power1))
    for (let i = 0; i < length; i++) {
      const g = (gradient[i] as number) + weightDecay * (weights[i] as number)
      const m = BETA_1 * (mean[i] as number) + (1 - BETA_1) * g
      const v = BETA_2 * (square[i] as number) + (1 - BETA_2) * g * g
      mean[i] = m
      square[i] = v
      weights[i] = (weights[i] as number) - (step * m) / (Math.sqrt(v) + EPSILON)
    }
  }
}

function eachLayer(
  sizes: ReadonlyArray<number>,
  visit: (inputs: number, outputs: number, at: number, layer: number) => void,
): void {
  let at = 0
  for (let layer = 0; layer < sizes.length - 1; layer++) {
    const inputs = sizes[layer] as number
    const outputs = sizes[layer + 1] as number
    visit(inputs, outputs, at, layer)
    at += (inputs + 1) * outputs
  }
}
