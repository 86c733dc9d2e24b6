/**
 * Headers that name a delivery and, where there is a secret, sign it: `v1,` and the base64 HMAC-SHA-256 of
 * `<delivery id>.<timestamp>.<body>`. Source: MLflow's webhooks, which follow Standard Webhooks.
 * @param at - epoch milliseconds; the header has seconds
 */
export async function deliveryHeaders(
  deliveryId: string,
  body: string,
  at: number,
  secret: string | undefined,
): Promise<Readonly<Record<string, string>>> {
  const timestamp = String(Math.floor(at / 1000))
  const named = { 'X-MLflow-Delivery-Id': deliveryId, 'X-MLflow-Timestamp': timestamp }
  if (secret === undefined || secret === '') return named
  return { ...named, 'X-MLflow-Signature': `v1,${await hmac(secret, `${deliveryId}.${timestamp}.${body}`)}` }
}

async function hmac(secret: string, text: string): Promise<string> {
  const bytes = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes.encode(secret), algorithm, false, ['sign'])
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes.encode(text)))
  return btoa(String.fromCharCode(...signature))
}
