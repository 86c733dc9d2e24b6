/** Text that is markup already. */
export interface Markup {
  readonly markup: string
}

type Part = Markup | string | number | null | undefined | ReadonlyArray<Markup>

/** Markup from a template: every value is escaped, but for markup itself and lists of it. null and undefined are nothing. */
export function html(texts: TemplateStringsArray, ...parts: ReadonlyArray<Part>): Markup {
  return { markup: texts.map((text, i) => `${compact(text)}${i < parts.length ? markupOf(parts[i]) : ''}`).join('') }
}

/** Markup as it stands: only for text that holds nothing from outside. */
export function trusted(markup: string): Markup {
  return { markup }
}

/** A text as it stands in markup, between tags and in quoted attributes. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

// Line breaks of the source are no part of the page.
function compact(text: string): string {
  return text.replaceAll(/(^|>)\s*\n\s*(?=<|$)/g, '$1').replaceAll(/\s*\n\s*/g, ' ')
}

function markupOf(part: Part): string {
  if (part === null || part === undefined) return ''
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part))
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('')
}
