/**
 * Schemathesis against every operation of /openapi.json: no fault of the server, and nothing that the description does not tell. MLflow's
 * API is not in it. `NOMALY_FUZZ_EXAMPLES=500` looks longer, `NOMALY_FUZZ_SEED=2` elsewhere.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { type PythonEnvironment, pythonWith } from '../python-environment.ts'
import { type KnownThings, makeKnownThings } from './known-things.ts'

const SCRIPTS = join(import.meta.dirname, '../../nomaly-api')
const BIN = join(import.meta.dirname, '../../../../configurations/platform-basic/dist/bin.js')
const EXAMPLES = process.env['NOMALY_FUZZ_EXAMPLES'] ?? '8'
const SEED = process.env['NOMALY_FUZZ_SEED'] ?? '1'
const MOST_MS = 300_000 * Math.max(1, Number(EXAMPLES) / 8) // half a minute where nothing else runs
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
]

const folder = mkdtempSync(join(tmpdir(), 'nomaly-fuzz-'))
let environment: PythonEnvironment
beforeAll(async () => {
  environment = await pythonWith(join(SCRIPTS, 'requirements.txt'))
}, 900_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const dictionary = (name: string, values: ReadonlyArray<string>): string =>
  `[dictionaries.${name}]\nvalues = ${JSON.stringify(values)}\n`

function settingsOf({ ids, names }: KnownThings): string {
  const known = (name: string, probability: number): string =>
    `{ dictionary = "${name}", probability = ${probability} }`
  return [
    dictionary('ids', ids),
    dictionary('names', names),
    '[parameters]',
    `"path.id" = ${known('ids', 0.6)}`,
    `"path.name" = ${known('names', 0.6)}`,
    '',
  ].join('\n')
}

/** A program's output, whatever it ends with. */
function run(
  command: string,
  args: ReadonlyArray<string>,
): Promise<{ readonly code: number | null; readonly told: string }> {
  const env = { ...process.env, SCHEMATHESIS_HOOKS: join(SCRIPTS, 'media_types.py') }
  const child = spawn(command, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: MOST_MS })
  let told = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (told += text))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, told }))
  })
}

interface Started {
  readonly url: string
  readonly child: ChildProcess
  readonly told: () => string
}

function started(): Promise<Started> {
  const args = [BIN, 'serve', '--port', '0', '--data', join(folder, 'data'), '--no-log']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let told = ''
  return new Promise((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      told += text
      const [, url] = /serving (http:\S+)/.exec(told) ?? []
      if (url !== undefined) resolve({ url, child, told: () => told })
    })
    child.once('close', () => reject(new Error(told)))
  })
}

it(
  'bears every request that its description lets be thought of',
  async ({ skip }) => {
    if (environment.kind === 'absent') return skip(`left out, no Python with Schemathesis: ${environment.why}`)
    const { url, child, told } = await started()
    try {
      writeFileSync(join(folder, 'schemathesis.toml'), settingsOf(await makeKnownThings(url)))
      const program = join(dirname(environment.python), process.platform === 'win32' ? 'st.exe' : 'st')
      const config = ['--config-file', join(folder, 'schemathesis.toml'), '--no-color']
      const limits = ['--max-examples', EXAMPLES, '--seed', SEED, '--workers', '1', '--request-timeout', '20']
      const what = [
        '--checks',
        CHECKS.join(','),
        '--phases',
        'examples,coverage,fuzzing',
        '--generation-database',
        'none',
      ]
      const fuzzed = await run(program, [...config, 'run', `${url}/openapi.json`, ...limits, ...what, '--no-shrink'])
      const failures = fuzzed.told.slice(Math.max(0, fuzzed.told.search(/= (ERRORS|FAILURES)/)))
      expect(fuzzed.code, failures).toBe(0)
      expect(child.exitCode).toBeNull()
      expect(told()).toMatch(/^serving \S+ .*\n$/)
    } finally {
      child.kill('SIGKILL')
    }
    return undefined
  },
  MOST_MS + 60_000,
)
