import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from './data-folder.ts'

/** Characters of a secret, at least: as many bytes as HS256 has (RFC 7518 §3.2). */
const shortest = 32

/** How to make a good one, for people who have to. */
const recipe = 'Make one with "openssl rand -hex 32", or leave SECRET_KEY out and one is made.'

/** Secrets that stand in tutorials, examples and defaults, letters and digits only: everybody has them. */
const known = new Set(
  [
    'yoursecretkey',
    'your-secret-key-here',
    'your-super-secret-key',
    'your-256-bit-secret',
    'your-384-bit-secret',
    'your-512-bit-secret',
    'your-secret-key-change-in-production',
    'your-secret-key-change-this-in-production',
    'your-secret-key-please-change-it-in-production',
    'your-super-secret-jwt-token-with-at-least-32-characters-long',
    'a-string-secret-at-least-256-bits-long',
    'a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long',
    '09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7',
    'change-this-secret-key-in-production',
    'change-me-in-production-please-change-me',
    'changethis',
    'changeme',
    'secret',
    'secretkey',
    'supersecret',
    'supersecretkey',
    'mysecretkey',
    'jwtsecret',
    'password',
    'development',
    'insecure',
    'test',
    '0123456789abcdef',
    '1234567890',
  ].map(plain),
)

/** What is wrong with a secret, as the end of a sentence; never the secret itself. Undefined: it will do. */
export function judgeSecret(secret: string): string | undefined {
  if (isKnown(plain(secret))) return `is a well-known one, so that anybody could sign tokens. ${recipe}`
  if (secret.length < shortest) return `has fewer than ${shortest} characters. ${recipe}`
  return undefined
}

/** Whether it is a known one, or a known one over and over (`changemechangeme…`). */
function isKnown(secret: string): boolean {
  for (let length = 1; length <= secret.length; length++) {
    const part = secret.slice(0, length)
    if (!(known.has(part) || length === 1)) continue
    if (part.repeat(Math.ceil(secret.length / length)).slice(0, secret.length) === secret) return true
  }
  return false
}

function plain(secret: string): string {
  return secret.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/**
 * The secret of this data folder: 256 bits, made when there is none, readable by the owner only (0600).
 * Several processes that start at once all get the same one: the file appears with its whole content, and the first stands.
 */
export function keepSecret(dataDir: string): string {
  const path = join(dataDir, 'secret')
  const kept = readSecret(path)
  if (kept !== undefined) return kept
  makeFolder(dataDir)
  const fresh = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  const file = openSync(fresh, 'wx', 0o600)
  try {
    writeSync(file, `${randomBytes(32).toString('hex')}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  try {
    linkSync(fresh, path)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  } finally {
    rmSync(fresh)
  }
  return readFileSync(path, 'utf8').trim()
}

function readSecret(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
