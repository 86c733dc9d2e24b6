// AssemblyScript: which sphere of a set covers a row, see src/domain/spheres/covered-ratios.ts for the layout. The eight
// spheres of a block are measured at once; sums run over the features in order, as everywhere, so they have the same bits.

/**
 * @param data - rows of `columns` f64
 * @param spheres - blocks of eight centers, one feature after another (f64), `blocks` a set
 * @param radii - f64 a sphere: squared; -1 where a block has no sphere
 * @param ratios - f64 a sphere
 * @param sums - f64 a row, added to
 */
export function addRatios(
  data: usize,
  rows: i32,
  columns: i32,
  spheres: usize,
  radii: usize,
  ratios: usize,
  sets: i32,
  blocks: i32,
  sums: usize,
): void {
  const stride = <usize>columns << 3
  const blockBytes = <usize>columns << 6
  for (let set = 0; set < sets; set++) {
    let row = data
    let out = sums
    for (let r = 0; r < rows; r++) {
      let sphere = spheres
      let radius = radii
      let ratio: f64 = 1
      for (let block = 0; block < blocks; block++) {
        let s0 = f64x2.splat(0)
        let s1 = f64x2.splat(0)
        let s2 = f64x2.splat(0)
        let s3 = f64x2.splat(0)
        let at = sphere
        for (let value = row, end = row + stride; value < end; value += 8) {
          const x = v128.load_splat<f64>(value)
          const d0 = f64x2.sub(v128.load(at), x)
          const d1 = f64x2.sub(v128.load(at, 16), x)
          const d2 = f64x2.sub(v128.load(at, 32), x)
          const d3 = f64x2.sub(v128.load(at, 48), x)
          s0 = f64x2.add(s0, f64x2.mul(d0, d0))
          s1 = f64x2.add(s1, f64x2.mul(d1, d1))
          s2 = f64x2.add(s2, f64x2.mul(d2, d2))
          s3 = f64x2.add(s3, f64x2.mul(d3, d3))
          at += 64
        }
        const covering =
          i64x2.bitmask(f64x2.le(s0, v128.load(radius))) |
          (i64x2.bitmask(f64x2.le(s1, v128.load(radius, 16))) << 2) |
          (i64x2.bitmask(f64x2.le(s2, v128.load(radius, 32))) << 4) |
          (i64x2.bitmask(f64x2.le(s3, v128.load(radius, 48))) << 6)
        if (covering != 0) {
          ratio = load<f64>(ratios + (radius - radii) + (<usize>ctz(covering) << 3))
          break
        }
        sphere += blockBytes
        radius += 64
      }
      store<f64>(out, load<f64>(out) + ratio)
      row += stride
      out += 8
    }
    const bytes = <usize>blocks << 6
    spheres += <usize>blocks * blockBytes
    radii += bytes
    ratios += bytes
  }
}
