import { defineConfig } from 'vite'

// One script for what all pages need and the way to a run, one for charts and results, one for the other pages: many small ones would
// compress badly. A group takes what it imports along, so what is needed everywhere comes first.
const groups = [
  {
    name: 'start',
    test: /preact|src\/(api|parts|live)\/|src\/\w+\.tsx?$|pages\/(start|datasets?|runs?|rows|times)\b|jobs\/job\.ts/,
  },
  { name: 'results', test: /uplot|src\/charts\/|pages\/(result|compare)\b/ },
  { name: 'more', test: /src\/pages\// },
].map((group, at) => ({ ...group, priority: 10 - at }))

// The dashboard goes into the package's dist, beside the command that serves it.
export default defineConfig({
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
})
