import type { Matrix } from '../matrix.ts'

/**
 * Whether to search by tree. It wins wherever boxes can keep rows apart and never costs much more than looking at every
 * pair, but it has to be built. CPU seconds, all rows against all, k = 20, tree / brute force (one thread, Node 24, AMD
 * EPYC).
 *
 * In WebAssembly, structureless: 1,000 x 5 0.003 / 0.004; 2,000 x 10 0.010 / 0.012; 10,000 x 8 0.083 / 0.12; x 12 0.15 /
 * 0.15; x 16 0.21 / 0.18; x 24 0.37 / 0.31; x 50 0.65 / 0.73; 30,000 x 5 0.14 / 0.61; 100,000 x 10 3.9 / 8.7. Real: mammography
 * (11,183 x 6) 0.05 / 0.12, shuttle (49,097 x 9) 0.94 / 2.1, pendigits (6,870 x 16) 0.06 / 0.10, satimage-2 (5,803 x 36)
 * 0.08 / 0.13, musk (3,062 x 166) 0.15 / 0.16, campaign (41,188 x 62) 14 / 11. Few queries, k = 5: 200, 500, 1,000, 2,000
 * against 100,000 x 10 0.073 / 0.025, 0.082 / 0.048, 0.081 / 0.085, 0.11 / 0.16; against 10,000 x 5 0.003 / 0.003, 0.004 /
 * 0.004, 0.004 / 0.006, 0.006 / 0.013.
 *
 * Without: 1,000 x 5 0.035 / 0.011; 2,000 x 10 0.085 / 0.045; 10,000 x 8 0.32 / 0.46; x 12 0.72 / 0.71; x 16 1.10 / 0.89;
 * x 24 1.5 / 1.3; x 50 2.9 / 2.4; 100,000 x 10 13 / 40; mammography 0.13 / 0.33, shuttle 2.2 / 7.7, pendigits 0.18 / 0.34,
 * satimage-2 0.28 / 0.39, musk 0.55 / 0.54, campaign 50 / 32.
 *
 * @param queries - how many rows are searched for
 * @param kernel - whether in WebAssembly
 */
export function isTreeWorthwhile({ rows, columns }: Matrix, queries: number, kernel: boolean): boolean {
  if (columns > 40) return false
  return kernel ? rows >= 2000 && queries >= 1000 : rows >= 4000 && queries >= 500
}
