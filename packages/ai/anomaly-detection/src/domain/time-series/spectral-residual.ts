/**
 * What sticks out of a series' spectrum, brought back to its place in time.
 * Source: H. Ren, B. Xu, Y. Wang et al. (2019), Time-Series Anomaly Detection Service at Microsoft, KDD; at the edges, which
 * the paper leaves open, averages are circular in the spectrum and shorter at the start of the series.
 */
import { fourierTransform, inverseFourierTransform } from './fourier-transform.ts'

const LEAST_AMPLITUDE = 1e-8

/** Over how much is averaged. */
export interface SpectralResidualParameters {
  /** Bins of the spectrum, odd, >= 1; default 3, the paper's. */
  readonly bins: number
  /** Points of the saliency, this one and those before it, >= 1; default 21, the paper's. */
  readonly points: number
}

/** Shape (n) each. */
export interface SpectralResidual {
  /** >= 0: high where the series surprises. */
  readonly saliency: Float64Array
  /** (saliency - mean) / mean with the mean over the latest points: >= -1, 0 where all are alike. */
  readonly scores: Float64Array
}

/** O(n log n). A constant series scores 0 everywhere. @param values - shape (n), finite, n >= 1 */
export function spectralResidual(values: Float64Array, { bins, points }: SpectralResidualParameters): SpectralResidual {
  const n = values.length
  const { real, imaginary } = fourierTransform({ real: values, imaginary: new Float64Array(n) })
  const amplitudes = real.map((value, k) => Math.max(Math.hypot(value, imaginary[k] as number), LEAST_AMPLITUDE))
  const logs = amplitudes.map(Math.log)
  const averages = circularMeans(logs, bins)
  for (let k = 0; k < n; k++) {
    const factor = Math.exp((logs[k] as number) - (averages[k] as number)) / (amplitudes[k] as number)
    real[k] = (real[k] as number) * factor
    imaginary[k] = (imaginary[k] as number) * factor
  }
  const back = inverseFourierTransform({ real, imaginary })
  const saliency = back.real.map((value, t) => Math.hypot(value, back.imaginary[t] as number))
  return { saliency, scores: aboveLatestMean(saliency, points) }
}

function circularMeans(values: Float64Array, bins: number): Float64Array {
  const n = values.length
  const half = bins >> 1
  return values.map((_, k) => {
    let sum = 0
    for (let at = k - half; at <= k + half; at++) sum += values[((at % n) + n) % n] as number
    return sum / (2 * half + 1)
  })
}

function aboveLatestMean(saliency: Float64Array, points: number): Float64Array {
  return saliency.map((value, t) => {
    const first = Math.max(0, t - points + 1)
    let sum = 0
    for (let at = first; at <= t; at++) sum += saliency[at] as number
    const mean = sum / (t - first + 1)
    return mean > 0 ? (value - mean) / mean : 0
  })
}
