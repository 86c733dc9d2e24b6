/**
 * One query against one block of eight points (see `PointBlocks`), eight results left in `out`. Sums run over the
 * features in their order. Written out for each of the eight: V8 keeps eight locals in registers, but an array in
 * memory.
 */

/** Squared euclidean distances. */
export function blockSquares(
  values: Float64Array,
  block: number,
  columns: number,
  queries: Float64Array,
  queryAt: number,
  out: Float64Array,
): void {
  let [s0, s1, s2, s3, s4, s5, s6, s7] = [0, 0, 0, 0, 0, 0, 0, 0]
  let at = block * columns * 8
  for (let feature = queryAt; feature < queryAt + columns; feature++) {
    const q = queries[feature] as number
    const d0 = (values[at] as number) - q
    const d1 = (values[at + 1] as number) - q
    const d2 = (values[at + 2] as number) - q
    const d3 = (values[at + 3] as number) - q
    const d4 = (values[at + 4] as number) - q
    const d5 = (values[at + 5] as number) - q
    const d6 = (values[at + 6] as number) - q
    const d7 = (values[at + 7] as number) - q
    s0 += d0 * d0
    s1 += d1 * d1
    s2 += d2 * d2
    s3 += d3 * d3
    s4 += d4 * d4
    s5 += d5 * d5
    s6 += d6 * d6
    s7 += d7 * d7
    at += 8
  }
  store(out, s0, s1, s2, s3, s4, s5, s6, s7)
}

/** Scalar products. */
export function blockDots(
  values: Float64Array,
  block: number,
  columns: number,
  queries: Float64Array,
  queryAt: number,
  out: Float64Array,
): void {
  let [s0, s1, s2, s3, s4, s5, s6, s7] = [0, 0, 0, 0, 0, 0, 0, 0]
  let at = block * columns * 8
  for (let feature = queryAt; feature < queryAt + columns; feature++) {
    const q = queries[feature] as number
    s0 += (values[at] as number) * q
    s1 += (values[at + 1] as number) * q
    s2 += (values[at + 2] as number) * q
    s3 += (values[at + 3] as number) * q
    s4 += (values[at + 4] as number) * q
    s5 += (values[at + 5] as number) * q
    s6 += (values[at + 6] as number) * q
    s7 += (values[at + 7] as number) * q
    at += 8
  }
  store(out, s0, s1, s2, s3, s4, s5, s6, s7)
}

function store(
  out: Float64Array,
  s0: number,
  s1: number,
  s2: number,
  s3: number,
  s4: number,
  s5: number,
  s6: number,
  s7: number,
): void {
  out[0] = s0
  out[1] = s1
  out[2] = s2
  out[3] = s3
  out[4] = s4
  out[5] = s5
  out[6] = s6
  out[7] = s7
}
