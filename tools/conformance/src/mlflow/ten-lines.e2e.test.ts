import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { mlflowReleases, pythonWithMlflow, quiet } from './python.ts'
import { freePort } from './real-server.ts'

const room = join(import.meta.dirname, '../..')
const readme = readFileSync(join(room, '../../packages/integrations/mlflow/README.md'), 'utf8')

/** The program in the README that holds a word. */
function program(language: string, word: string): string {
  const blocks = [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))].map(([, text = '']) => text)
  const found = blocks.find((text) => text.includes(word))
  if (found === undefined) throw new Error(`the README has no ${language} program with ${word}`)
  return found
}

function firstLines(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let [out, err] = ['', '']
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text
      if (pattern.test(out)) resolve(out)
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text))
    child.once('close', (code) => reject(new Error(`ended with ${code}: ${err.slice(-2000)}${out}`)))
  })
}

describe('the ten lines of TypeScript and the ten of Python', () => {
  mkdirSync(join(room, '.venv'), { recursive: true })
  const folder = mkdtempSync(join(room, '.venv/ten-lines-')) // here, so that the packages are found; never committed
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(mlflowReleases)('write to the same tracker, with %s', { timeout: 120_000 }, async (release) => {
    const python = pythonWithMlflow(release)
    const port = await freePort()
    const [typescript, script] = [join(folder, `${release}.ts`), join(folder, 'program.py')]
    const here = program('ts', 'from TypeScript').replace('8001', String(port)).replace('tracker.db', `${release}.db`)
    writeFileSync(typescript, here)
    writeFileSync(script, program('python', 'from Python'))
    const server = spawn(process.execPath, [typescript], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
    try {
      const uri = /MLFLOW_TRACKING_URI=(\S+)/.exec(await firstLines(server, /MLFLOW_TRACKING_URI=\S+\n/))?.[1] ?? ''
      expect(uri).toBe(`http://127.0.0.1:${port}`)
      if (python.kind === 'absent') return console.warn(`The Python half is left out: ${python.why}`)
      const env = { ...process.env, ...quiet, MLFLOW_TRACKING_URI: uri }
      const client = spawn(python.python, [script], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
      expect(await firstLines(client, /from TypeScript \S+\n/)).toContain('from Python 0.1\nfrom TypeScript 0.1\n')
    } finally {
      server.kill()
    }
  })
})
