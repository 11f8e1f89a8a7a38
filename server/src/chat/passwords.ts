import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { availableParallelism } from 'node:os'

/** argon2id parameters: OWASP Password Storage Cheat Sheet (19 MiB, t = 2, p = 1). */
const memoryKiB = 19_456
const passes = 2
const parallelism = 1
const tagLength = 32
/** Hashing on a bounded pool, so that a flood of log-ins leaves a core to the chat (SPEC AC7). */
export class Passwords {
  readonly #width = Math.max(1, availableParallelism() - 1)
  readonly #maxWaiting: number
  readonly #waiting: (() => void)[] = []
  #running = 0

  /** `maxWaiting`: hashes that may wait; beyond that the server answers `unavailable` instead of growing. */
  constructor(maxWaiting = 256) {
    this.#maxWaiting = maxWaiting
  }

  /** Whether the pool takes no more work. */
  get full(): boolean {
    return this.#waiting.length >= this.#maxWaiting
  }

  /** A PHC string: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(16)
    const tag = await this.#derive(password, salt, memoryKiB, passes, parallelism, tagLength)
    return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`
  }

  /**
   * Whether the password fits the PHC string. Without one (no such user) the same work is done for the same time,
   * and the answer is false (AC8).
   */
  async verify(password: string, phc: string | null): Promise<boolean> {
    const parts = phc === null ? undefined : parsePhc(phc)
    if (parts === undefined) {
      await this.#derive(password, Buffer.alloc(16), memoryKiB, passes, parallelism, tagLength)
      return false
    }
    const tag = await this.#derive(
      password,
      parts.salt,
      parts.memory,
      parts.passes,
      parts.parallelism,
      parts.tag.length,
    )
    return timingSafeEqual(tag, parts.tag)
  }

  /** Whether the string was made with other parameters than today's, and should be made anew at log-in. */
  isStale(phc: string): boolean {
    return !phc.startsWith(`$argon2id$v=19$m=${memoryKiB},t=${passes},p=${parallelism}$`)
  }

  async #derive(
    password: string,
    salt: Buffer,
    memory: number,
    passes: number,
    parallelism: number,
    tagLength: number,
  ) {
    if (this.#running >= this.#width) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#running += 1
    try {
      return await new Promise<Buffer>((resolve, reject) => {
        argon2(
          'argon2id',
          { message: password, nonce: salt, memory, passes, parallelism, tagLength },
          (error, tag) => (error === null ? resolve(Buffer.from(tag)) : reject(error)),
        )
      })
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#running -= 1
      else next()
    }
  }
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}

function parsePhc(phc: string) {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(phc)
  if (match === null) return undefined
  const [, memory, passes, parallelism, salt = '', tag = ''] = match
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  }
}
