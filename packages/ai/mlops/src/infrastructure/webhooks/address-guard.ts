// Ranges that lead into a private network or nowhere. Source: the IANA special-purpose address registries.
import { BlockList, isIP } from 'node:net'

const SPECIAL = [
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24',
  '192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4',
  '::/128 ::1/128 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20 5f00::/16',
  'fc00::/7 fe80::/10 fec0::/10 ff00::/8',
].flatMap((line) => line.split(' '))

let special: BlockList | undefined

/** Whether an IP address can be reached from everywhere: false for loopback, private, link-local and reserved ones. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 0) return false
  special ??= specialAddresses()
  return !special.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

function specialAddresses(): BlockList {
  const list = new BlockList()
  for (const range of SPECIAL) {
    const [net = '', prefix = ''] = range.split('/')
    list.addSubnet(net, Number(prefix), isIP(net) === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}
