import { defineConfig } from 'vite'

// The dashboard goes into the package's dist, beside the command that serves it.
export default defineConfig({
  build: { outDir: '../dist/web', emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
})
