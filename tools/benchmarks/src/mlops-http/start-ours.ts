import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** A server under measurement. */
export interface Server {
  readonly url: string
  /** From its start to its first answer, milliseconds. */
  readonly startMs: number
  readonly close: () => Promise<void>
}

/** Starts our tracker on a file, in a process of its own. */
export async function startOurs(path: string): Promise<Server> {
  const started = performance.now()
  const child = spawn(process.execPath, [join(import.meta.dirname, 'serve-ours.ts'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const close = async (): Promise<void> => {
    child.kill()
    await ended
  }
  const url = await new Promise<string>((resolve, reject) => {
    child.once('close', (code) => reject(new Error(`our server ended with ${code}`)))
    child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()))
  })
  if ((await fetch(`${url}/health`)).ok) return { url, startMs: performance.now() - started, close }
  await close()
  throw new Error('our server is not in health')
}
