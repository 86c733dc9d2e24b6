import { spawn } from '@lydell/node-pty'
import { afterAll, describe, expect, it, vi } from 'vitest'

import { BIN, LONG_JOB, longCsv, plainEnvironment, sampleCsv, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
afterAll(remove)
const file = write('data.csv', sampleCsv())
const many = write(
  'many.csv',
  ['a,b', ...Array.from({ length: 400 }, (_, i) => `${i % 31},${(i * 7) % 29}`)].join('\n'),
)

interface Screen {
  readonly code: number
  readonly text: string
  /** Without colours and carriage returns. */
  readonly lines: ReadonlyArray<string>
}

/** Runs the command on a pseudo-terminal, where stdout and stderr are one. */
function onTerminal(
  args: ReadonlyArray<string>,
  { columns = 120, env = {}, keys }: { columns?: number; env?: Record<string, string>; keys?: string } = {},
): Promise<Screen> {
  return new Promise((resolve) => {
    const terminal = spawn(process.execPath, [BIN, ...args], {
      cols: columns,
      rows: 50,
      cwd: folder,
      env: plainEnvironment({ TERM: 'xterm-256color', ...env }),
    })
    let text = ''
    terminal.onData((data) => {
      text += data
      if (keys !== undefined && text.includes('...')) terminal.write(keys)
    })
    terminal.onExit(({ exitCode }) => {
      // eslint-disable-next-line no-control-regex -- what colours a terminal begins with a control character
      const plain = text.replaceAll(/\u001B\[[\d;]*[A-Za-z]/g, '').replaceAll('\r', '')
      resolve({ code: exitCode, text, lines: plain.trimEnd().split('\n') })
    })
  })
}

describe('on a terminal nomaly', () => {
  it('prints a table with a bold heading, and sums up', async () => {
    const { code, text, lines } = await onTerminal(['detect', file, '--columns', 'a,b', '--detector', 'knn'])

    expect(lines[0]).toMatch(/^row +score {2}stands_out/)
    expect(lines[1]).toMatch(/^ 31 /)
    expect(lines.at(-1)).toMatch(/^60 rows, 2 features, knn: 6 anomalies \(10%\) scored above [\d.]+$/)
    expect(text).toContain('\u001B[1m')
    expect(code).toBe(0)
  })

  it('prints the top 20 unless told otherwise, and says so', async () => {
    const { lines } = await onTerminal(['detect', many])
    const top = await onTerminal(['detect', many, '--top', '25', '--quiet'])

    expect(lines).toHaveLength(22)
    expect(lines.at(-1)).toMatch(/; 20 are shown \(--top N for more\)$/)
    expect(top.lines).toHaveLength(26)
  })

  it('cuts lines to the width of the terminal', async () => {
    const { lines } = await onTerminal(['detect', file, '--columns', 'a,b', '--quiet'], { columns: 40 })

    expect(lines.some((line) => line.endsWith('…'))).toBe(true)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40)
  })

  it('uses no colour with NO_COLOR', async () => {
    const { text } = await onTerminal(['detect', file], { env: { NO_COLOR: '1' } })

    expect(text).not.toContain('\u001B[1m')
  })

  it('shows progress for what takes longer than a second, and hears Ctrl-C', async () => {
    const long = write('long.csv', longCsv())
    const { code, text } = await onTerminal(['detect', long, ...LONG_JOB], { keys: '\u0003' })

    expect(text).toMatch(/iforest on 100,000 rows \.\.\. \d+ s/)
    expect(code).toBe(130)
  })
})
