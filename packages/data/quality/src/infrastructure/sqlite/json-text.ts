/** JSON of a document; whole numbers past 2^53 as text, as results show them. */
export function jsonText(document: unknown): string {
  return JSON.stringify(document, (_key, member: unknown) => (typeof member === 'bigint' ? String(member) : member))
}
