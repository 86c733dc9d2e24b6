/** Bytes, a text (stored as UTF-8), or a stream such as `createReadStream(file)`. */
export type ArtifactContent = string | Uint8Array | AsyncIterable<Uint8Array>

/** The content as a stream. */
export async function* streamOf(content: ArtifactContent): AsyncIterable<Uint8Array> {
  if (typeof content === 'string') yield new TextEncoder().encode(content)
  else if (content instanceof Uint8Array) yield content
  else yield* content
}

/**
 * The path in the store of artifacts for a URI under its root: what follows the root.
 * @param root - without a trailing `/`, e.g. `mlflow-artifacts:`
 * @returns undefined where the location lies elsewhere
 */
export function artifactPathOf(location: string, root: string): string | undefined {
  return location.startsWith(`${root}/`) ? location.slice(root.length + 1) : undefined
}
