import { runNomaly } from './run-nomaly.ts'

const SIGNAL_CODES = { SIGINT: 130, SIGTERM: 143 } as const
const GRACE_MS = 2000

/** Runs the command line of this process and ends it. An interrupt stops the work and tidies up; a second one just ends. */
export async function main(): Promise<never> {
  const controller = new AbortController()
  let interruptedWith: number | undefined
  for (const [name, code] of Object.entries(SIGNAL_CODES)) {
    process.on(name, () => {
      if (interruptedWith !== undefined) process.exit(code)
      interruptedWith = code
      controller.abort()
      setTimeout(() => process.exit(code), GRACE_MS)
    })
  }
  const { stdin, stdout, stderr, env } = process
  for (const stream of [stdout, stderr]) stream.on('error', () => undefined) // also one that comes after the run
  const io = { stdin, stdout, stderr, env, cwd: process.cwd(), signal: controller.signal }
  const code = await runNomaly(process.argv.slice(2), io)
  if (interruptedWith === undefined) for (const stream of [stdout, stderr]) await flushed(stream)
  process.exit(interruptedWith ?? code)
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => void stream.write('', () => resolve()))
}
