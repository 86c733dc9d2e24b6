/**
 * The logarithm of the gamma function. Source: C. Lanczos (1964), A precision approximation of the gamma function, with g = 7 and
 * the nine coefficients of P. Godfrey (2001); from 10 on Stirling's series (M. Abramowitz, I. Stegun (1964), 6.1.41).
 */
const G = 7
const COEFFICIENTS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]
const HALF_LOG_TWO_PI = Math.log(2 * Math.PI) / 2

/** ln Gamma(x), to some 1e-15 of the larger of 1 and itself. @param x - > 0 */
export function logGamma(x: number): number {
  if (x >= 10) return stirling(x)
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  let sum = COEFFICIENTS[0] as number
  for (let i = 1; i < COEFFICIENTS.length; i++) sum += (COEFFICIENTS[i] as number) / (x - 1 + i)
  const t = x - 0.5 + G
  return HALF_LOG_TWO_PI + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}

function stirling(x: number): number {
  const y = 1 / (x * x)
  const series = (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - (y * 691) / 360360))))) / x
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + series
}
