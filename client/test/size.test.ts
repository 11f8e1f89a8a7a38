import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const limitBytes = 15_000

test('[CL9] the whole library is at most 15 kB, minified and gzipped, and brings no dependency along', async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(import.meta.dirname, '../src/client.ts')],
    absWorkingDir: join(import.meta.dirname, '../..'),
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    metafile: true,
  })
  const bytes = gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length
  assert.ok(bytes > 0 && bytes <= limitBytes, `${bytes} bytes`)
  const foreign = Object.keys(metafile.inputs).filter((path) => !/^(client|protocol)\/src\//.test(path))
  assert.deepEqual(foreign, [])
})
