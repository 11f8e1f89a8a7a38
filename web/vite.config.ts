import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const server = process.env.PARLANCE ?? 'http://127.0.0.1:8000'

/** What the page begins with, in one file: it is packed as a whole. */
const first = {
  name: 'first',
  tags: ['$initial' as const],
  test: (id: string) => !id.includes('/web/sw/'),
  priority: 3,
}

/** The second part of the catalogue. */
const lateTexts = { name: 'late-texts', test: /\/web\/src\/texts\/(?:late-texts|\w+\/late\/)/, priority: 2 }

/** What windows, menus and tooltips share, in one file too: the page would have to know the name of each. */
const windows = {
  name: 'windows',
  test: /\/node_modules\/@(?:floating-ui|base-ui\/(?:utils|react\/(?!combobox\/)))\/|\/web\/src\/ui\/(?:dialog|menu|popover|confirm)\./,
  minShareCount: 2,
  priority: 1,
}

/** What the forms of entry, settings and windows share: who comes in waits for no windows. */
const forms = {
  name: 'forms',
  test: /\/web\/src\/(?:ui\/(?:form|notice|text-field|use-submit)|entry\/password-field)\b/,
  minShareCount: 2,
  priority: 2,
}

/** The pictures that late parts share. */
const icons = { name: 'icons', test: /\/node_modules\/lucide-react\//, minShareCount: 2, priority: 1 }

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), emojiFields(), serviceWorkerFiles(), compressed()],
  // The page names its files from the root, where the server puts the path under which it is seen; the rest follows it.
  experimental: {
    renderBuiltUrl: (name, { hostType }) => (hostType === 'html' ? `/${name}` : { relative: true }),
  },
  // React has it itself by now.
  resolve: { alias: { 'use-sync-external-store/shim/index.js': 'react' } },
  build: {
    target: ['chrome123', 'firefox125', 'safari17.5'],
    // The policy allows no `data:` but for pictures, and every file is cached for ever by its name.
    assetsInlineLimit: 0,
    // Browsers that know modules know how to preload them.
    modulePreload: { polyfill: false },
    emptyOutDir: true,
    rolldownOptions: {
      input: {
        index: join(import.meta.dirname, 'index.html'),
        sw: join(import.meta.dirname, 'sw/service-worker.ts'),
      },
      output: {
        codeSplitting: { groups: [first, lateTexts, windows, forms, icons] },
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { proxy: { '/v1': { target: server, ws: true } } },
})

/** Tells the service worker which files were built, and which of them the page begins with. */
function serviceWorkerFiles(): Plugin {
  return {
    name: 'parlance:service-worker-files',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const worker = bundle['sw.js']
      const page = bundle['index.html']
      if (worker?.type !== 'chunk' || page?.type !== 'asset') throw new Error('The build lacks its entries.')
      const all = Object.keys(bundle).filter((name) => name.startsWith('assets/'))
      const first = all.filter((name) => String(page.source).includes(name))
      worker.code = worker.code
        .replace('__FIRST__', JSON.stringify(first))
        .replace('__ALL__', JSON.stringify(all))
    },
  }
}

/** Writes each text beside itself as brotli and gzip, as small as they get: the server compresses nothing. */
function compressed(): Plugin {
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }
  return {
    name: 'parlance:compressed',
    apply: 'build',
    async writeBundle({ dir = '' }, bundle) {
      const texts = Object.keys(bundle).filter((name) => /\.(?:js|css|html|json)$/.test(name))
      await Promise.all(
        texts.map(async (name) => {
          const file = join(dir, name)
          const content = await readFile(file)
          await writeFile(`${file}.br`, await promisify(brotliCompress)(content, options))
          await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }))
        }),
      )
    },
  }
}

/** Of the data of all emoji only what the picker shows: half of it. */
function emojiFields(): Plugin {
  const unused = ['text', 'type', 'order', 'subgroup', 'emoticon', 'gender']
  return {
    name: 'parlance:emoji-fields',
    enforce: 'pre',
    transform: {
      filter: { id: /emojibase-data\/\w+\/data\.json$/ },
      handler: (code) =>
        JSON.stringify(
          JSON.parse(code, function (this: object, key, value: unknown) {
            // By its code an emoji is found among the shortcodes; its skin tones are not.
            if (key === 'hexcode') return 'tone' in this ? undefined : value
            return unused.includes(key) ? undefined : value
          }),
        ),
    },
  }
}
