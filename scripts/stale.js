// What is stale: pure decisions for prepare.js, so plain JavaScript too.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A package as npm writes it, in package-lock.json and in node_modules/.package-lock.json.
 * @typedef {{ version?: string, integrity?: string, resolved?: string, link?: boolean, optional?: boolean,
 *   os?: string | string[], cpu?: string | string[], libc?: string | string[] }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lock
 * @typedef {{ os: string, cpu: string }} Platform
 */

/**
 * Why the installed packages are not those of the lockfile, or undefined when they are.
 * Packages that are installed beyond the lockfile do no harm and count for nothing.
 * @param {Lock} lock package-lock.json
 * @param {Lock | undefined} installed what npm noted after its last install
 * @param {Platform} platform
 * @returns {string | undefined}
 */
export function staleInstall(lock, installed, platform) {
  if (!installed) return 'nothing is installed yet'
  for (const [path, wanted] of Object.entries(lock.packages)) {
    if (!path.includes('node_modules/')) continue
    const found = installed.packages[path]
    if (!found) {
      if (wanted.optional && !namesPlatform(wanted, platform)) continue
      return `${path} is missing`
    }
    for (const field of /** @type {const} */ (['version', 'integrity', 'link'])) {
      if (found[field] !== wanted[field]) return `${path} has another ${field}`
    }
  }
  return undefined
}

/**
 * An optional package may be absent, unless it is the one made for this platform.
 * Its C library is not known here, so a package that asks for one may be absent too.
 * @param {LockedPackage} wanted
 * @param {Platform} platform
 */
function namesPlatform(wanted, platform) {
  if (wanted.libc || !wanted.os || !wanted.cpu) return false
  return [wanted.os].flat().includes(platform.os) && [wanted.cpu].flat().includes(platform.cpu)
}

/**
 * When a file, or the newest file of a folder, was last changed, in ms since 1970; 0 when there is none.
 * @param {string} path
 * @returns {number}
 */
export function lastChangeMs(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return 0
  if (!found.isDirectory()) return found.mtimeMs
  const names = readdirSync(path).filter((name) => name !== 'node_modules' && name !== 'dist')
  return Math.max(0, ...names.map((name) => lastChangeMs(join(path, name))))
}

/**
 * Whether a version is the floor or above it; both as "24.7.0", a leading "v" allowed.
 * @param {string} version
 * @param {readonly [number, number]} floor major and minor
 */
export function reaches(version, [floorMajor, floorMinor]) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major > floorMajor || (major === floorMajor && minor >= floorMinor)
}
