// AssemblyScript: the breadth-wise walk of perfect trees, see src/domain/forest/perfect-forest.ts for the layout.
// Eight rows are in flight at once, so that the loads of one hide behind those of the others; no branch to mispredict.

// @ts-ignore: decorator
@inline
function step(node: i32, nodes: usize, row: usize): i32 {
  const at = nodes + ((<usize>node) << 4)
  return (node << 1) + i32(load<f64>(row + load<u32>(at, 8)) > load<f64>(at))
}

// @ts-ignore: decorator
@inline
function add(sums: usize, leaves: usize, node: i32, first: i32): void {
  store<f64>(sums, load<f64>(sums) + load<f64>(leaves + ((<usize>(node - first)) << 3)))
}

/**
 * @param rows - a multiple of 8
 * @param stride - bytes from one row to the next
 * @param depth - >= 1
 * @param nodes - 16 bytes a node (threshold f64, feature offset in bytes u32, 4 unused), 2^depth a tree, node 0 unused
 * @param leaves - f64 a leaf, 2^depth a tree
 * @param sums - f64 a row, added to
 */
export function addPathLengths(
  data: usize,
  rows: i32,
  stride: i32,
  nodes: usize,
  leaves: usize,
  trees: i32,
  depth: i32,
  sums: usize,
): void {
  const first = 1 << depth
  const nodeBytes = <usize>first << 4
  const leafBytes = <usize>first << 3
  for (let tree = 0; tree < trees; tree++) {
    // the first node is the same for all rows
    const feature = load<u32>(nodes + 16, 8)
    const threshold = load<f64>(nodes + 16)
    let row = data
    let out = sums
    for (let r = 0; r < rows; r += 8) {
      const p1 = row + stride
      const p2 = p1 + stride
      const p3 = p2 + stride
      const p4 = p3 + stride
      const p5 = p4 + stride
      const p6 = p5 + stride
      const p7 = p6 + stride
      let n0 = 2 + i32(load<f64>(row + feature) > threshold)
      let n1 = 2 + i32(load<f64>(p1 + feature) > threshold)
      let n2 = 2 + i32(load<f64>(p2 + feature) > threshold)
      let n3 = 2 + i32(load<f64>(p3 + feature) > threshold)
      let n4 = 2 + i32(load<f64>(p4 + feature) > threshold)
      let n5 = 2 + i32(load<f64>(p5 + feature) > threshold)
      let n6 = 2 + i32(load<f64>(p6 + feature) > threshold)
      let n7 = 2 + i32(load<f64>(p7 + feature) > threshold)
      for (let level = 1; level < depth; level++) {
        n0 = step(n0, nodes, row)
        n1 = step(n1, nodes, p1)
        n2 = step(n2, nodes, p2)
        n3 = step(n3, nodes, p3)
        n4 = step(n4, nodes, p4)
        n5 = step(n5, nodes, p5)
        n6 = step(n6, nodes, p6)
        n7 = step(n7, nodes, p7)
      }
      add(out, leaves, n0, first)
      add(out + 8, leaves, n1, first)
      add(out + 16, leaves, n2, first)
      add(out + 24, leaves, n3, first)
      add(out + 32, leaves, n4, first)
      add(out + 40, leaves, n5, first)
      add(out + 48, leaves, n6, first)
      add(out + 56, leaves, n7, first)
      row = p7 + stride
      out += 64
    }
    nodes += nodeBytes
    leaves += leafBytes
  }
}
