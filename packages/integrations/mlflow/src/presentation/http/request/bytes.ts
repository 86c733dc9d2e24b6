import type { Context } from 'hono'

import { MlflowError } from '../../../domain/errors.ts'

/** What `@hono/node-server` passes beside the request, of which this package uses a part. */
export interface NodeBindings {
  readonly incoming?: AsyncIterable<Uint8Array> & { readonly url?: string }
}

export type MlflowContext = Context<{ Bindings: NodeBindings }>

const MOST_DISCARDED = 2 ** 31 // bytes of a refused body that are read, so that its sender comes to read the answer

/** The bytes of a body as they come; breaks where the sender breaks off or `most` is passed. */
export function bodyBytes(context: MlflowContext, most: number): AsyncIterable<Uint8Array> {
  return limited(sourceOf(context), most)
}

/** A body that has to be small. @throws MlflowError `mlflow/too-large` */
export async function bodyText(context: MlflowContext, most: number): Promise<string> {
  const length = lengthOf(context)
  if (length !== undefined && length > most) {
    await discard(sourceOf(context))
    throw tooLarge(most)
  }
  if (length !== undefined) return context.req.raw.text()
  const chunks: Uint8Array[] = []
  const source = sourceOf(context)
  let size = 0
  for await (const chunk of source) {
    size += chunk.length
    if (size <= most) chunks.push(chunk)
    if (size > MOST_DISCARDED) break
  }
  if (size > most) throw tooLarge(most)
  return new Blob(chunks.map((chunk) => new Uint8Array(chunk))).text()
}

/** The `Content-Length`, where the sender gave one. */
export function lengthOf(context: MlflowContext): number | undefined {
  const header = context.req.header('content-length')
  if (header !== undefined) return Number(header)
  const hasBody = context.req.header('transfer-encoding') !== undefined || context.req.raw.body !== null
  return hasBody ? undefined : 0
}

/** Reads what will not be used, at most 2 GiB. */
export async function discard(source: AsyncIterable<Uint8Array>): Promise<void> {
  let size = 0
  for await (const chunk of source) {
    size += chunk.length
    if (size > MOST_DISCARDED) return
  }
}

/** The body as it is sent, without a limit. */
export function sourceOf(context: MlflowContext): AsyncIterable<Uint8Array> {
  // Node's own stream where there is one: it breaks with an error where the sender breaks off
  return context.env?.incoming ?? context.req.raw.body ?? nothing()
}

/** The error for a body of more than `most` bytes. */
export function tooLarge(most: number): MlflowError {
  return new MlflowError('mlflow/too-large', `The body is larger than ${most} bytes.`, { limit: most })
}

async function* limited(source: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of source) {
    size += chunk.length
    if (size > most) throw tooLarge(most)
    yield chunk
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
