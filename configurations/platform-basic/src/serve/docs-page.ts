/** A page that shows `/openapi.json` and lets its calls be tried: no library, no other host. */
export const docsPage: string = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>Nomaly API</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --line: light-dark(#d5d9e0, #3a404b); --soft: light-dark(#f4f6f9, #1d2129); --accent: light-dark(#0b57b8, #8ab8ff); }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; background: light-dark(#fff, #14171c); color: light-dark(#1a1d23, #e6e8ec); }
a { color: var(--accent); }
details { border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0; }
summary { cursor: pointer; overflow-wrap: anywhere; padding: .5rem .75rem; }
details > div { padding: 0 .75rem .75rem; }
code, pre, textarea, input { font: 14px/1.45 ui-monospace, monospace; }
pre, textarea { background: var(--soft); border: 1px solid var(--line); border-radius: 6px; box-sizing: border-box; color: inherit; overflow: auto; padding: .5rem; width: 100%; }
pre { max-height: 24rem; white-space: pre-wrap; overflow-wrap: anywhere; }
label { display: block; margin: .5rem 0; }
input { background: var(--soft); border: 1px solid var(--line); border-radius: 6px; color: inherit; padding: .35rem .5rem; max-width: 100%; }
button { background: var(--accent); border: 0; border-radius: 6px; color: light-dark(#fff, #10141a); cursor: pointer; font: inherit; padding: .4rem .9rem; }
.method { display: inline-block; font-weight: 700; min-width: 4.5rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
</style>
<script type="module" src="/docs/docs.js"></script>
</head>
<body>
<main>
<h1>Nomaly API</h1>
<p>As described by <a href="/openapi.json">openapi.json</a>. Each call can be tried below, against this server.</p>
<label>API key, where the server asks for one <input id="key" type="password" autocomplete="off"></label>
<div id="operations" aria-busy="true">Loading ...</div>
</main>
</body>
</html>
`

/** The page's script. */
export const docsScript: string = `const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}
const documentOf = await (await fetch('/openapi.json')).json()
const resolve = (schema) => {
  const name = schema?.$ref?.split('/').at(-1)
  return name === undefined ? schema : documentOf.components.schemas[name]
}
const sample = (schema, depth = 0) => {
  const found = resolve(schema) ?? {}
  if (found.example !== undefined) return found.example
  if (found.examples !== undefined) return found.examples[0]
  if (found.default !== undefined) return found.default
  if (found.const !== undefined) return found.const
  if (found.enum !== undefined) return found.enum[0]
  const choice = found.anyOf?.[0] ?? found.oneOf?.[0]
  if (choice !== undefined) return sample(choice, depth + 1)
  const type = [found.type].flat()[0]
  if (type === 'object') {
    if (depth > 4) return {}
    const entries = Object.entries(found.properties ?? {})
    const kept = entries.filter(([name, one]) => found.required?.includes(name) || resolve(one)?.example !== undefined)
    return Object.fromEntries(kept.map(([name, one]) => [name, sample(one, depth + 1)]))
  }
  if (type === 'array') return [sample(found.items, depth + 1)]
  return { string: '', integer: found.minimum ?? 0, number: 0, boolean: false }[type] ?? null
}
const operationOf = (path, method, operation) => {
  const inputs = (operation.parameters ?? []).map((parameter) => {
    const input = element('input', { required: parameter.required === true })
    const hint = parameter.required ? ', required' : ''
    return { parameter, input, label: element('label', {}, parameter.name + ' (' + parameter.in + hint + ') ', input) }
  })
  const content = operation.requestBody?.content ?? {}
  const type = Object.keys(content)[0]
  const isJson = type === 'application/json'
  const body = type === undefined ? undefined : isJson ? element('textarea', { rows: 10, spellcheck: false }) : element('input', { type: 'file' })
  if (isJson) body.value = JSON.stringify(sample(content[type].schema), null, 2)
  const output = element('pre', { hidden: true, tabIndex: 0 })
  output.setAttribute('aria-live', 'polite')
  output.setAttribute('aria-label', 'the answer')
  const button = element('button', { type: 'submit', textContent: 'Try it' })
  const form = element('form', {}, ...inputs.map(({ label }) => label))
  if (body !== undefined) form.append(element('label', {}, 'Body, ' + type + ' ', body))
  form.append(button)
  form.onsubmit = async (event) => {
    event.preventDefault()
    let target = path
    const query = new URLSearchParams()
    for (const { parameter, input } of inputs) {
      if (parameter.in === 'path') target = target.replace('{' + parameter.name + '}', encodeURIComponent(input.value))
      else if (input.value !== '') query.set(parameter.name, input.value)
    }
    const key = document.getElementById('key').value
    const headers = { ...(type && { 'content-type': type }), ...(key && { authorization: 'Bearer ' + key }) }
    const start = performance.now()
    const answer = await fetch(target + (query.size > 0 ? '?' + query : ''), { method, headers, body: isJson ? body.value : body?.files[0] })
    const text = await answer.text()
    const took = Math.round(performance.now() - start)
    let shown = text
    try { shown = JSON.stringify(JSON.parse(text), null, 2) } catch { /* shown as it came */ }
    output.hidden = false
    output.textContent = answer.status + ' in ' + took + ' ms\\n\\n' + shown.slice(0, 100000)
  }
  const answers = Object.entries(operation.responses).map(([status, one]) => element('li', {}, element('code', {}, status), ' ' + one.description))
  return element('details', {},
    element('summary', {}, element('span', { className: 'method', textContent: method.toUpperCase() }), element('code', {}, path), ' ' + (operation.summary ?? '')),
    element('div', {}, element('ul', {}, ...answers), form, output))
}
const byTag = new Map()
for (const [path, methods] of Object.entries(documentOf.paths)) {
  for (const [method, operation] of Object.entries(methods)) {
    const tag = operation.tags?.[0] ?? 'Other'
    byTag.set(tag, [...(byTag.get(tag) ?? []), operationOf(path, method, operation)])
  }
}
const target = document.getElementById('operations')
target.replaceChildren(...[...byTag].flatMap(([tag, operations]) => [element('h2', { textContent: tag }), ...operations]))
target.removeAttribute('aria-busy')
`
