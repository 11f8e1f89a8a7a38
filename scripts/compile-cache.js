// node --import ./scripts/compile-cache.js: what Node has compiled is kept, and need not be compiled at the next start. Said
// here, and not in the environment, since package.json's line has to be the same in every shell. Plain JavaScript.
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url)))
