import { spawn } from 'node:child_process'
import { copyFileSync, existsSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { quiet } from './python.ts'

/** MLflow's own server. */
export interface RealServer {
  readonly url: string
  /** From its start to its first answer. */
  readonly startMs: number
  readonly close: () => Promise<void>
}

const START_MS = 180_000

/** Starts MLflow's server on SQLite in a folder, on a free port of this machine. @throws Error where it does not start */
export async function startRealServer(python: string, folder: string): Promise<RealServer> {
  const [database, empty] = [join(folder, 'mlflow.db'), join(dirname(dirname(python)), 'empty.db')]
  if (existsSync(empty) && !existsSync(database)) copyFileSync(empty, database) // migrations are most of the time that a first start takes
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const args = ['--backend-store-uri', `sqlite:///${database}`, '--artifacts-destination', `${folder}/artifacts`]
  const started = performance.now()
  const child = spawn(
    python,
    ['-m', 'mlflow', 'server', ...args, '--host', '127.0.0.1', '--port', String(port), '--workers', '1'],
    // a group of its own: the server starts workers, which have to end with it
    { cwd: folder, env: { ...process.env, ...quiet }, stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  )
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const close = async (): Promise<void> => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    await ended
  }
  while (!(await answers(url))) {
    if (child.exitCode !== null || performance.now() - started > START_MS) {
      await close()
      throw new Error(`MLflow's server did not start: ${said}`)
    }
    await sleep(50)
  }
  const startMs = performance.now() - started
  if (!existsSync(empty)) copyFileSync(database, empty)
  return { url, startMs, close }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`)).ok
  } catch {
    return false // it does not listen yet
  }
}

/** A port of this machine alone that nobody listens on just now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo // of a TCP server that listens
      server.close(() => resolve(port))
    })
  })
}
