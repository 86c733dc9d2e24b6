/**
 * Kernel rows, computed on demand and kept while there is room; those used longest ago make way. Single precision, as
 * in libsvm: twice as many rows fit, and the solver's tolerance is far coarser.
 */
export interface KernelRowCache {
  /** Row i of the kernel matrix; its content is good until the call after the next one. */
  readonly row: (i: number) => Float32Array
}

/**
 * @param length - values a row
 * @param megabytes - room for rows; two are kept at least
 */
export function createKernelRowCache(
  length: number,
  megabytes: number,
  fill: (i: number, out: Float32Array) => void,
): KernelRowCache {
  const capacity = Math.max(2, Math.floor((megabytes * 2 ** 20) / (4 * length)))
  const rows = new Map<number, Float32Array>() // in order of last use
  return {
    row: (i) => {
      let row = rows.get(i)
      if (row !== undefined) {
        rows.delete(i)
        rows.set(i, row)
        return row
      }
      if (rows.size >= capacity) row = takeOldest(rows)
      row ??= new Float32Array(length)
      fill(i, row)
      rows.set(i, row)
      return row
    },
  }
}

function takeOldest(rows: Map<number, Float32Array>): Float32Array | undefined {
  for (const [i, row] of rows) {
    rows.delete(i)
    return row
  }
  return undefined
}
