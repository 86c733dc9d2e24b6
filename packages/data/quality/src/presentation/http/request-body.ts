import { RefusedRequest } from './problem.ts'

/** The bytes of a body as they come. @throws RefusedRequest 413 as soon as there are more than `most` */
export async function* bodyBytes(request: Request, most: number): AsyncGenerator<Uint8Array> {
  const length = Number(request.headers.get('content-length') ?? 0)
  if (length > most) throw tooLarge(most)
  if (request.body === null) return
  let size = 0
  for await (const chunk of request.body) {
    size += chunk.length
    if (size > most) throw tooLarge(most)
    yield chunk
  }
}

/** The text of a body. @throws RefusedRequest 413 when it is too long, 400 when it is no UTF-8 */
export async function bodyText(request: Request, most: number): Promise<string> {
  const chunks: Array<Uint8Array<ArrayBuffer>> = []
  for await (const chunk of bodyBytes(request, most)) chunks.push(new Uint8Array(chunk))
  const bytes = await new Blob(chunks).arrayBuffer()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw unreadable('no UTF-8 text', error)
  }
}

/** The JSON of a body. @throws RefusedRequest 413 when it is too long, 400 when it is no JSON in UTF-8 */
export async function bodyJson(request: Request, most: number): Promise<unknown> {
  const text = await bodyText(request, most)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw unreadable('no JSON', error)
  }
}

/** Is the body JSON? */
export function isJson(request: Request): boolean {
  return typeOf(request) === 'application/json'
}

/** Is the body YAML? */
export function isYaml(request: Request): boolean {
  return /^(application|text)\/(x-)?yaml$/.test(typeOf(request))
}

function typeOf(request: Request): string {
  return request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
}

function unreadable(what: string, error: unknown): RefusedRequest {
  const reason = error instanceof Error ? error.message : String(error)
  return new RefusedRequest(400, 'The request is not valid', 'invalid-json', `the body is ${what}: ${reason}`)
}

function tooLarge(most: number): RefusedRequest {
  return new RefusedRequest(413, 'The body is too large', 'too-large', `at most ${most} bytes are taken`)
}
