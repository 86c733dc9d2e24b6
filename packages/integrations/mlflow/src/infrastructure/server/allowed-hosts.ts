const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/

/**
 * Says whether a request with that header `Host` may come in, which keeps out web pages whose name was made to lead here (DNS
 * rebinding). @param more - further names; `*` for all
 */
export function allowedHosts(
  hostname: string,
  more: ReadonlyArray<string> = [],
): (header: string | undefined) => boolean {
  const isLocal = LOOPBACK.test(hostname)
  if (more.includes('*') || (!isLocal && more.length === 0)) return () => true
  const names = new Set([hostname, ...more].map((name) => name.toLowerCase()))
  return (header = '') => {
    const name = header.toLowerCase().replace(/:\d*$/, '')
    return LOOPBACK.test(name) || names.has(name)
  }
}
