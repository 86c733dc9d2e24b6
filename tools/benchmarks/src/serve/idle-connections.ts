import { connect, type Socket } from 'node:net'

import { vmMb } from './vm-mb.ts'

/** How a server bears connections that say nothing. */
export interface IdleFigures {
  readonly connections: number
  /** Of ten requests for readiness, the slowest, while they are open. */
  readonly readinessMs: number
  /** What the server's memory grew by. */
  readonly grownMb: number
}

const AT_ONCE = 100

/** Opens them, and asks how the server is. @throws Error where it closes one, or is not ready */
export async function measureIdle(
  { url, pid }: { readonly url: string; readonly pid: number },
  connections: number,
): Promise<IdleFigures> {
  const before = vmMb(pid, 'VmRSS')
  const idle: Socket[] = []
  while (idle.length < connections) {
    const batch = Math.min(AT_ONCE, connections - idle.length)
    idle.push(...(await Promise.all(Array.from({ length: batch }, () => opened(url)))))
  }
  let slowest = 0
  for (let i = 0; i < 10; i++) {
    const start = performance.now()
    const { ok } = await fetch(`${url}/health/readiness`)
    if (!ok) throw new Error('the server is not ready')
    slowest = Math.max(slowest, performance.now() - start)
  }
  const closed = idle.filter((socket) => socket.closed).length
  const grownMb = vmMb(pid, 'VmRSS') - before
  for (const socket of idle) socket.destroy()
  if (closed > 0) throw new Error(`${closed} connections were closed`)
  return { connections, readinessMs: slowest, grownMb }
}

function opened(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => resolve(socket)).on('error', reject)
  })
}
