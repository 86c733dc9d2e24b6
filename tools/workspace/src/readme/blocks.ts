/** The text inside the fenced blocks of a Markdown page that carry one of `languages`, in order. */
export function blocksOf(markdown: string, ...languages: ReadonlyArray<string>): ReadonlyArray<string> {
  return [...markdown.matchAll(/^```(\w+)[^\n]*\n([\s\S]*?)^```$/gm)].flatMap(([, language = '', text = '']) =>
    languages.includes(language) ? [text] : [],
  )
}

/** The commands of shell blocks: one a line, without comments, prompts and blank lines; continued lines are joined. */
export function commandsOf(markdown: string): ReadonlyArray<string> {
  return blocksOf(markdown, 'sh', 'bash', 'shell', 'console')
    .flatMap((block) => block.replaceAll(/\s*\\\n\s*/g, ' ').split('\n'))
    .map((line) =>
      line
        .replace(/^\$ /, '')
        .replace(/\s+#.*$/, '')
        .trim(),
    )
    .filter((line) => line !== '' && !line.startsWith('#'))
}
