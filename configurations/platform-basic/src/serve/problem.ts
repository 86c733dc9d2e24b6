/** An error of the platform itself, as a response. Source: RFC 9457, section 3. */
export function problem({
  status,
  code,
  title,
  detail,
}: {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
}): Response {
  const body = JSON.stringify({ type: `urn:nomaly:nomaly/${code}`, title, status, detail })
  return new Response(body, { status, headers: { 'content-type': 'application/problem+json' } })
}
