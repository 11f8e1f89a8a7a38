// What package-lock.json says of the packages we ship: how many, and whether any is too old to be safe.
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'

interface LockedPackage {
  readonly name?: string
  readonly version?: string
  readonly link?: boolean
  readonly dev?: boolean
  readonly optional?: boolean
  readonly devOptional?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** package-lock.json, as far as we read it. Keys are paths: '' is the root, 'server' a workspace. */
export interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>
}

/** The dependencies that a package.json names. */
export type Manifest = Pick<LockedPackage, 'dependencies' | 'devDependencies' | 'optionalDependencies'>

/** One sentence for each workspace whose package.json names other dependencies than were locked for it. */
export function outOfStep(lock: Lockfile, manifestOf: (folder: string) => Manifest): string[] {
  return Object.keys(lock.packages)
    .filter((path) => !isInstalled(path))
    .flatMap((folder) => {
      const [locked, named] = [lock.packages[folder] ?? {}, manifestOf(folder)]
      const same = (['dependencies', 'devDependencies', 'optionalDependencies'] as const).every((kind) =>
        isDeepStrictEqual(locked[kind] ?? {}, named[kind] ?? {}),
      )
      return same ? [] : [`${join(folder, 'package.json')} and package-lock.json differ: run npm install`]
    })
}

/** One sentence for each package that some platform would need and that was not locked: `npm ci` refuses such a lock. */
export function unlocked({ packages }: Lockfile): string[] {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !placesOf(path, name).some((place) => place in packages))
      .map(
        (name) =>
          `${name}, which ${path || 'the root'} may need, is not in package-lock.json: run npm install`,
      ),
  )
}

/** Where Node would look for a package that is asked for at this path, innermost first. */
function placesOf(path: string, name: string): string[] {
  const parts = path.split('/node_modules/')
  const within = parts.map(
    (_, index) => `${parts.slice(0, parts.length - index).join('/node_modules/')}/node_modules/${name}`,
  )
  return [...within, `node_modules/${name}`].map((place) => place.replace(/^\//, ''))
}

/** Counts the production packages: those that our workspaces name, and all that come with them. */
export function countProduction(lock: Lockfile): { direct: number; all: number } {
  const direct = new Set<string>()
  let all = 0
  for (const [path, locked] of Object.entries(lock.packages)) {
    if (isInstalled(path)) {
      if (!(locked.link || locked.dev || locked.optional || locked.devOptional)) all++
      continue
    }
    for (const name of Object.keys(locked.dependencies ?? {})) {
      if (!lock.packages[`node_modules/${name}`]?.link) direct.add(name)
    }
  }
  return { direct: direct.size, all }
}

/** One sentence for each locked package that is below its least safe version. */
export function belowLeast(lock: Lockfile, least: Readonly<Record<string, string>>): string[] {
  return Object.entries(lock.packages).flatMap(([path, { name, version }]) => {
    const floor = least[name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)]
    if (!isInstalled(path) || !version || !floor || compareVersions(version, floor) >= 0) return []
    return [`${path} is ${version}, the least safe version is ${floor}`]
  })
}

/** Negative, zero or positive as a is below, at or above b. A pre-release is below its release. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parse(a), parse(b)]
  for (const [index, part] of left.numbers.entries()) {
    const difference = part - (right.numbers[index] ?? 0)
    if (difference !== 0) return difference
  }
  return Number(right.isPrerelease) - Number(left.isPrerelease)
}

function parse(version: string): { numbers: number[]; isPrerelease: boolean } {
  const [release = '', ...prerelease] = (version.split('+')[0] ?? '').split('-')
  return { numbers: release.split('.').map(Number), isPrerelease: prerelease.length > 0 }
}

function isInstalled(path: string): boolean {
  return path.includes('node_modules/')
}
