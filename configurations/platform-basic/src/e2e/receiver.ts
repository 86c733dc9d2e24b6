import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A call as it came in. */
export interface Call {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A receiver of webhooks on this machine. */
export interface Receiver {
  readonly url: string
  readonly calls: ReadonlyArray<Call>
  readonly close: () => Promise<void>
}

/** Starts one on a free port. @param answer - the status for a call; undefined: none at all */
export async function startReceiver(answer: (call: Call, index: number) => number | undefined): Promise<Receiver> {
  const calls: Call[] = []
  const server: Server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part: string) => (body += part))
    request.on('end', () => {
      const call = { headers: request.headers, body }
      const status = answer(call, calls.length)
      calls.push(call)
      if (status !== undefined) response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // of a server that listens
  return {
    url: `http://127.0.0.1:${port}/hook`,
    calls,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
