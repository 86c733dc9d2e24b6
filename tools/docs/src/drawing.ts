/** Drawings that are read on light and on dark pages. */

/** Where on the page a value stands. */
export type Scale = (value: number) => number

const STYLE = [
  'text{font:13px system-ui,sans-serif;fill:#212529}',
  '.page{fill:#fff}.label{text-anchor:end}.caption,.tick{text-anchor:middle}.caption,.tick,.value{fill:#495057}',
  '.more{fill:#c92a2a}.less{fill:#1864ab}.axis{stroke:#868e96}.line{stroke:#364fc7;fill:none;stroke-width:2}',
  '.threshold{stroke:#868e96;stroke-dasharray:5 4}',
  '@media(prefers-color-scheme:dark){text{fill:#e9ecef}.page{fill:#15181c}.caption,.tick,.value{fill:#adb5bd}',
  '.more{fill:#ff8787}.less{fill:#74c0fc}.line{stroke:#91a7ff}}',
].join('')

/** An SVG. @param title - what it shows, for those who do not see it */
export function drawing(width: number, height: number, title: string, parts: ReadonlyArray<string>): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${title}</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="page" width="${width}" height="${height}"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n')
}

/** From the least and largest of the values to two places on the page. */
export function scaleOf(values: ReadonlyArray<number>, from: number, to: number): Scale {
  const low = Math.min(...values)
  const range = Math.max(...values) - low
  return (value) => from + ((value - low) / range) * (to - from)
}

/** A place with one decimal. */
export function place(value: number): number {
  return Math.round(value * 10) / 10
}

/** A text whose baseline stands at y. */
export function text(x: number, y: number, content: string, kind: 'label' | 'caption' | 'tick' | 'value'): string {
  return `<text class="${kind}" x="${place(x)}" y="${place(y)}">${content}</text>`
}
