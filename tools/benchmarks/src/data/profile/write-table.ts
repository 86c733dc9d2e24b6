import { closeSync, openSync, writeSync } from 'node:fs'

const COUNTRIES = 'DE FR US GB NL ES IT PL BR IN JP CN CA AU SE NO DK FI PT AT'.split(' ')
const STATES = ['new', 'paid', 'shipped', 'delivered', 'returned', 'cancelled']

/**
 * Writes a table of orders as CSV, the same for the same seed: three columns of whole numbers and three of measurements, texts
 * with few, many and only different values, a time, a flag; nulls in five.
 */
export function writeTable(path: string, rows: number, seed: number): void {
  const { uniform, normal } = randomNumbers(seed)
  const ranked = (n: number): number => Math.min(n - 1, Math.floor((n + 1) ** uniform() - 1))
  const word = (): string =>
    Math.floor(uniform() * 4_294_967_296)
      .toString(16)
      .padStart(8, '0')
  const maybe = (missing: number, text: () => string): string => (uniform() < missing ? '' : text())
  const file = openSync(path, 'w')
  let buffer = 'id,user_id,qty,price,temperature,score,country,status,session,sku,created_at,active\n'
  let time = Date.UTC(2026, 0, 1)
  for (let i = 0; i < rows; i++) {
    time += Math.floor(uniform() * 5000)
    const at = new Date(time).toISOString()
    buffer += `${[
      i,
      ranked(200_000),
      maybe(0.02, () => String(Math.floor(uniform() * 100))),
      maybe(0.03, () => Math.exp(3 + normal()).toFixed(2)),
      maybe(0.1, () => (15 + 8 * normal()).toFixed(3)),
      uniform().toFixed(6),
      COUNTRIES[ranked(20)],
      maybe(0.01, () => STATES[ranked(6)] ?? ''),
      word() + word(),
      `SKU-${String(ranked(50_000)).padStart(5, '0')}`,
      `${at.slice(0, 10)} ${at.slice(11, 23)}`,
      maybe(0.005, () => (uniform() < 0.7 ? 'true' : 'false')),
    ].join(',')}\n`
    if (buffer.length > 2 ** 22) {
      writeSync(file, buffer)
      buffer = ''
    }
  }
  writeSync(file, buffer)
  closeSync(file)
}

// splitmix32, and normal values by Box and Muller.
function randomNumbers(seed: number): { readonly uniform: () => number; readonly normal: () => number } {
  let state = seed >>> 0
  let spare: number | undefined
  const uniform = (): number => {
    state = (state + 0x9e3779b9) >>> 0
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return ((z ^ (z >>> 15)) >>> 0) / 4_294_967_296
  }
  const normal = (): number => {
    if (spare !== undefined) {
      const value = spare
      spare = undefined
      return value
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()))
    const angle = 2 * Math.PI * uniform()
    spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
  return { uniform, normal }
}
