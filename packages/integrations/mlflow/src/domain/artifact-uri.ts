/** The path in a proxied artifact store that a URI names; undefined for any other scheme. Not yet checked. */
export function proxiedPathOf(uri: string): string | undefined {
  return (
    /^mlflow-artifacts:(?:\/\/[^/]*)?\/(.*)$/.exec(uri)?.[1] ??
    /^https?:\/\/[^/]+\/(?:.*\/)?api\/2\.0\/mlflow-artifacts\/artifacts\/(.*)$/.exec(uri)?.[1]
  )
}
