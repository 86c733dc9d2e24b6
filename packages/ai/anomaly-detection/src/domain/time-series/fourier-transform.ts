/**
 * The discrete Fourier transform of any length: by halving where that is a power of two, else as a convolution of one.
 * Sources: J. Cooley, J. Tukey (1965), An Algorithm for the Machine Calculation of Complex Fourier Series; L. Bluestein
 * (1970), A linear filtering approach to the computation of discrete Fourier transform.
 */

/** Complex numbers by their parts, shape (n) each. */
export interface ComplexSeries {
  readonly real: Float64Array
  readonly imaginary: Float64Array
}

/** sum over t of x_t e^(-2 pi i k t / n), for k from 0 to n - 1. O(n log n). @param series - shape (n); left as it is */
export function fourierTransform({ real, imaginary }: ComplexSeries): ComplexSeries {
  const n = real.length
  if ((n & (n - 1)) !== 0) return byConvolution(real, imaginary)
  const result = { real: real.slice(), imaginary: imaginary.slice() }
  transformInPlace(result.real, result.imaginary)
  return result
}

/** What `fourierTransform` is undone by. @param series - shape (n); left as it is */
export function inverseFourierTransform({ real, imaginary }: ComplexSeries): ComplexSeries {
  const n = real.length
  // with the parts swapped, a transform runs backwards
  const swapped = fourierTransform({ real: imaginary, imaginary: real })
  return { real: swapped.imaginary.map((value) => value / n), imaginary: swapped.real.map((value) => value / n) }
}

/** The smallest power of two that is at least `length`. */
export function powerOfTwoFrom(length: number): number {
  let power = 1
  while (power < length) power *= 2
  return power
}

function transformInPlace(real: Float64Array, imaginary: Float64Array): void {
  const n = real.length
  reverseBits(real, imaginary)
  const half = Math.max(1, n >> 1)
  const cosines = new Float64Array(half)
  const sines = new Float64Array(half)
  for (let k = 0; k < half; k++) {
    cosines[k] = Math.cos((2 * Math.PI * k) / n)
    sines[k] = -Math.sin((2 * Math.PI * k) / n)
  }
  for (let size = 2; size <= n; size *= 2) {
    const step = n / size
    const span = size >> 1
    for (let start = 0; start < n; start += size) {
      for (let at = start, k = 0; at < start + span; at++, k += step) {
        const c = cosines[k] as number
        const s = sines[k] as number
        const other = at + span
        const re = (real[other] as number) * c - (imaginary[other] as number) * s
        const im = (real[other] as number) * s + (imaginary[other] as number) * c
        real[other] = (real[at] as number) - re
        imaginary[other] = (imaginary[at] as number) - im
        real[at] = (real[at] as number) + re
        imaginary[at] = (imaginary[at] as number) + im
      }
    }
  }
}

function reverseBits(real: Float64Array, imaginary: Float64Array): void {
  const n = real.length
  for (let at = 1, mirrored = 0; at < n; at++) {
    let bit = n >> 1
    for (; mirrored & bit; bit >>= 1) mirrored ^= bit
    mirrored ^= bit
    if (at >= mirrored) continue
    swap(real, at, mirrored)
    swap(imaginary, at, mirrored)
  }
}

function swap(values: Float64Array, a: number, b: number): void {
  const held = values[a] as number
  values[a] = values[b] as number
  values[b] = held
}

function byConvolution(real: Float64Array, imaginary: Float64Array): ComplexSeries {
  const n = real.length
  const size = powerOfTwoFrom(2 * n - 1)
  const chirp = chirpOf(n)
  const a = { real: new Float64Array(size), imaginary: new Float64Array(size) }
  const b = { real: new Float64Array(size), imaginary: new Float64Array(size) }
  for (let t = 0; t < n; t++) {
    const [x, y, c, s] = [
      real[t] as number,
      imaginary[t] as number,
      chirp.real[t] as number,
      chirp.imaginary[t] as number,
    ]
    a.real[t] = x * c - y * s
    a.imaginary[t] = x * s + y * c
    b.real[t] = c
    b.imaginary[t] = -s
    if (t === 0) continue
    b.real[size - t] = c
    b.imaginary[size - t] = -s
  }
  transformInPlace(a.real, a.imaginary)
  transformInPlace(b.real, b.imaginary)
  const product = inverseFourierTransform(multiplied(a, b))
  return multiplied({ real: product.real.slice(0, n), imaginary: product.imaginary.slice(0, n) }, chirp)
}

// e^(-pi i t^2 / n); t^2 is taken modulo 2 n first, so that the angle stays exact.
function chirpOf(n: number): ComplexSeries {
  const real = new Float64Array(n)
  const imaginary = new Float64Array(n)
  for (let t = 0, square = 0; t < n; t++) {
    const angle = (Math.PI * square) / n
    real[t] = Math.cos(angle)
    imaginary[t] = -Math.sin(angle)
    square = (square + 2 * t + 1) % (2 * n)
  }
  return { real, imaginary }
}

function multiplied(a: ComplexSeries, b: ComplexSeries): ComplexSeries {
  const real = new Float64Array(a.real.length)
  const imaginary = new Float64Array(a.real.length)
  for (let at = 0; at < real.length; at++) {
    const [x, y, c, s] = [
      a.real[at] as number,
      a.imaginary[at] as number,
      b.real[at] as number,
      b.imaginary[at] as number,
    ]
    real[at] = x * c - y * s
    imaginary[at] = x * s + y * c
  }
  return { real, imaginary }
}
