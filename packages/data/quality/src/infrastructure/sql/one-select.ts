import { QualityError } from '../../domain/errors.ts'

/**
 * Refuses text that is more, or other, than one SELECT: it is put into a statement in parentheses and must not leave them.
 * @throws QualityError `quality/invalid-arguments`
 */
export function checkOneSelect(sql: string): void {
  const bare = sql.replaceAll(/'(?:[^'\\]|''|\\.)*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\//g, ' ')
  const begins = /^\s*\(*\s*(select|with|values|from)\b/i.test(bare)
  let depth = 0
  for (const char of bare) {
    if (char === '(') depth++
    else if (char === ')') depth--
    if (depth < 0) break
  }
  const dollar = /\$\w*\$/.test(bare)
  if (begins && depth === 0 && !bare.includes(';') && !dollar && !/['"`]|--|\/\*/.test(bare) && !/--[^\n]*$/.test(sql))
    return
  throw new QualityError(
    'quality/invalid-arguments',
    'a query is one SELECT, without a semicolon and with balanced parentheses',
    {
      path: 'query',
    },
  )
}
