// node --import ./scripts/load-whole.js: takes the packages that are one file each from there, where they were made.
import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { wholeFolder, wholePackages } from './whole-packages.js'

const urls = new Map(
  Object.entries(wholePackages).map(([specifier, name]) => [
    specifier,
    new URL(`${name}.mjs`, wholeFolder).href,
  ]),
)

if (existsSync(wholeFolder)) {
  registerHooks({
    resolve(specifier, context, next) {
      const url = urls.get(specifier)
      return url === undefined ? next(specifier, context) : { url, format: 'module', shortCircuit: true }
    },
  })
}
