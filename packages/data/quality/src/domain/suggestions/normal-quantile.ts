// Source: P. Acklam (2003), An algorithm for computing the inverse normal cumulative distribution function.
const CENTRE = [
  [
    -39.696_830_286_653_76, 220.946_098_424_520_5, -275.928_510_446_968_7, 138.357_751_867_269, -30.664_798_066_147_16,
    2.506_628_277_459_239,
  ],
  [
    -54.476_098_798_224_06, 161.585_836_858_040_9, -155.698_979_859_886_6, 66.801_311_887_719_72,
    -13.280_681_552_885_72, 1,
  ],
] as const
const TAIL = [
  [
    -0.007_784_894_002_430_293, -0.322_396_458_041_136_5, -2.400_758_277_161_838, -2.549_732_539_343_734,
    4.374_664_141_464_968, 2.938_163_982_698_783,
  ],
  [0.007_784_695_709_041_462, 0.322_467_129_070_039_8, 2.445_134_137_142_996, 3.754_408_661_907_416, 1],
] as const

/** The value below which a standard normal variable falls with probability p, 0 < p < 1; relative error below 1.2e-9. */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p)
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p))
    return polynomial(TAIL[0], q) / polynomial(TAIL[1], q)
  }
  const q = p - 0.5
  return (polynomial(CENTRE[0], q * q) * q) / polynomial(CENTRE[1], q * q)
}

function polynomial(coefficients: ReadonlyArray<number>, x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0)
}
