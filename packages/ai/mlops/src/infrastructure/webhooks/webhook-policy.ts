import { isIP } from 'node:net'

import { MlopsError } from '../../domain/errors.ts'
import { isPublicAddress } from './address-guard.ts'

/** Which addresses webhooks may call. Both are false by default: only https, and only the open internet. */
export interface WebhookPolicy {
  /** Also `http:`, where anybody on the way can read along. */
  readonly allowHttp?: boolean
  /**
   * Also loopback, private and link-local addresses. Who may register webhooks can then make this machine call services
   * that they cannot reach themselves (SSRF).
   */
  readonly allowPrivateAddresses?: boolean
}

/**
 * Refuses an address by its text: scheme, and the host where that is an IP address or a local name. Other names are
 * judged when they are called, by what they resolve to then.
 * @throws MlopsError `mlops/invalid-argument`, details.retryable: false
 */
export function checkWebhookAddress(
  url: string,
  { allowHttp = false, allowPrivateAddresses = false }: WebhookPolicy,
): void {
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'https:' && !allowHttp) throw refused(url, 'only https is allowed')
  if (allowPrivateAddresses) return
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) === 0 ? /(?:^|\.)localhost\.?$/i.test(host) : !isPublicAddress(host))
    throw refused(url, 'this is no public address')
}

function refused(url: string, problem: string): MlopsError {
  const message = `url: webhooks may not call ${url}: ${problem}`
  return new MlopsError('mlops/invalid-argument', message, { field: 'url', found: url, retryable: false })
}
