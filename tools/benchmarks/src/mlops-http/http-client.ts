import { Agent, request } from 'node:http'

/** Calls MLflow's API on connections that are kept. Rejects for any answer but 200. */
export class HttpClient {
  readonly #url: URL
  readonly #agent = new Agent({ keepAlive: true })

  constructor(url: string) {
    this.#url = new URL(url)
  }

  /** The answer's bytes are read to the end, as any client does. */
  post(path: string, body: unknown): Promise<string> {
    const text = JSON.stringify(body)
    return new Promise((resolve, reject) => {
      const call = request(
        {
          hostname: this.#url.hostname,
          port: this.#url.port,
          agent: this.#agent,
          method: 'POST',
          path: `/api/2.0/mlflow/${path}`,
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
        },
        (response) => {
          let answer = ''
          response.setEncoding('utf8').on('data', (part: string) => (answer += part))
          response.once('error', reject)
          response.once('end', () =>
            response.statusCode === 200
              ? resolve(answer)
              : reject(new Error(`${path}: ${response.statusCode} ${answer.slice(0, 300)}`)),
          )
        },
      )
      call.once('error', reject)
      call.end(text)
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}
