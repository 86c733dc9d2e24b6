import { connect, type Socket } from 'node:net'

/** An open connection to a server, that has not said anything. */
export function connected(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    socket.once('error', reject).once('connect', () => {
      socket.off('error', reject).on('error', () => undefined) // that it was closed is seen by its end
      resolve(socket)
    })
  })
}

/** What a server answers to bytes as they are, until it hangs up, or says nothing more for as long as `quietMs`. */
export async function answerTo(url: string, bytes: string | Uint8Array, quietMs = 500): Promise<string> {
  const socket = await connected(url)
  return new Promise((resolve) => {
    let text = ''
    const end = (): void => {
      socket.destroy()
      resolve(text)
    }
    socket.setTimeout(quietMs, end)
    socket.setEncoding('latin1').on('data', (part: string) => (text += part))
    socket.once('close', end)
    socket.write(bytes)
  })
}
