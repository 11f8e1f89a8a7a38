import { createHash, createSecretKey, type webcrypto } from 'node:crypto'
import type { UserId } from '@parlance/protocol/models'
import { jwtVerify, SignJWT } from 'jose'
import type { Clock } from '../ports/clock.ts'

export type Algorithm = 'HS256' | 'HS384' | 'HS512'

const issuer = 'parlance'
const typ = 'at+jwt'
/**
 * By how much, in seconds, a token may come from the future: the server's clock was set back since (RFC 7519 §4.1.5
 * allows for a few minutes). The end of a token allows for nothing (SPEC CO14).
 */
const setBackS = 60

/** What a good token says; whether its session still stands is the store's to tell. */
export interface Claims {
  readonly user: UserId
  readonly session: string
}

/** Access tokens: JWTs with one fixed algorithm (RFC 8725 §3.1), `typ`, `iss`, `aud`, `exp` and `nbf` checked. */
export class Tokens {
  readonly #key: webcrypto.CryptoKey
  readonly #kid: string
  readonly #algorithm: Algorithm
  readonly #lifeMs: number
  readonly #clock: Clock

  constructor(secret: string, algorithm: Algorithm, lifeMs: number, clock: Clock) {
    // As the kind of key that is used in the end: any other would be turned into it for each token.
    const hash = `SHA-${algorithm.slice(2)}`
    this.#key = createSecretKey(Buffer.from(secret, 'utf8')).toCryptoKey({ name: 'HMAC', hash }, false, [
      'sign',
      'verify',
    ])
    this.#kid = createHash('sha256').update('kid').update(secret).digest('base64url').slice(0, 8)
    this.#algorithm = algorithm
    this.#lifeMs = lifeMs
    this.#clock = clock
  }

  async issue(
    user: UserId,
    session: string,
  ): Promise<{ readonly token: string; readonly expiresAt: string }> {
    const nowMs = this.#clock.wallMs()
    const expiresMs = nowMs + this.#lifeMs
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: this.#algorithm, typ, kid: this.#kid })
      .setSubject(String(user))
      .setJti(session)
      .setIssuer(issuer)
      .setAudience(issuer)
      .setIssuedAt(Math.floor(nowMs / 1000))
      .setNotBefore(Math.floor(nowMs / 1000))
      .setExpirationTime(Math.ceil(expiresMs / 1000))
      .sign(this.#key)
    return { token, expiresAt: new Date(expiresMs).toISOString() }
  }

  /** Undefined for anything but a good token of this server. */
  async verify(token: string): Promise<Claims | undefined> {
    const nowMs = this.#clock.wallMs()
    try {
      const { payload, protectedHeader } = await jwtVerify(token, this.#key, {
        algorithms: [this.#algorithm],
        issuer,
        audience: issuer,
        typ,
        requiredClaims: ['sub', 'jti', 'exp', 'nbf', 'iat'],
        currentDate: new Date(nowMs),
        clockTolerance: setBackS,
      })
      if (protectedHeader.kid !== this.#kid) return undefined
      const { sub, jti, exp = 0, iat = Number.POSITIVE_INFINITY } = payload
      const nowS = Math.floor(nowMs / 1_000)
      if (exp <= nowS || iat > nowS + setBackS) return undefined
      if (typeof sub !== 'string' || typeof jti !== 'string' || !/^[1-9]\d{0,9}$/.test(sub)) return undefined
      return { user: Number(sub), session: jti }
    } catch {
      return undefined
    }
  }
}
