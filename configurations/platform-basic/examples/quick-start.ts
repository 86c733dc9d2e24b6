import { Readable } from 'node:stream'

import { runNomaly } from 'nomaly'

const rows = Array.from({ length: 200 }, (_, i) => [Math.sin(i), Math.cos(i * 1.7)])
rows[41] = [6, -6]
const csv = ['pressure,flow', ...rows.map((row) => row.join(','))].join('\n')

const { stdout, stderr, env } = process
const exitCode = await runNomaly(['detect', '-', '--contamination', '0.01', '--seed', '1'], {
  stdin: Readable.from([csv]),
  stdout,
  stderr,
  env,
  cwd: process.cwd(),
  signal: new AbortController().signal,
})
console.log(`ended with ${exitCode}`)
