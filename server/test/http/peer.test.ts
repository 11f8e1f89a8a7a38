import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { describe, it } from 'node:test'
import { peerOf } from '../../src/dialects/peer.ts'
import { networks } from '../../src/settings.ts'

function peer(trusted: string[], remoteAddress: string, headers: Record<string, string> = {}) {
  const request = { headers: { host: 'chat.example', ...headers }, socket: { remoteAddress } }
  return peerOf(request as unknown as IncomingMessage, networks(trusted))
}

describe('the peer of a request', () => {
  it('[CO11] X-Forwarded-* counts from trusted proxies only', () => {
    const headers = {
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'other.example',
    }
    assert.deepEqual(peer([], '10.0.0.1', headers), {
      address: '10.0.0.1',
      host: 'chat.example',
      secure: false,
    })
    assert.deepEqual(peer(['10.0.0.0/8'], '10.0.0.1', headers), {
      address: '203.0.113.9',
      host: 'other.example',
      secure: true,
    })
    assert.equal(peer(['10.0.0.0/8'], '::ffff:10.0.0.1', headers).address, '203.0.113.9')
  })

  it('[CO11] what stands left of the first untrusted address is made up', () => {
    const headers = { 'x-forwarded-for': '1.1.1.1, 203.0.113.9, 10.0.0.2' }
    assert.equal(peer(['10.0.0.0/8'], '10.0.0.1', headers).address, '203.0.113.9')
  })

  it('[CO11] what is no address is not taken for one', () => {
    for (const forwarded of ['', 'unknown', '<script>', '1.2.3.4:80', '1.2.3.4, x']) {
      assert.equal(
        peer(['10.0.0.0/8'], '10.0.0.1', { 'x-forwarded-for': forwarded }).address,
        '10.0.0.1',
        forwarded,
      )
    }
  })

  it('[CO11] an IPv4 address has one spelling', () => {
    assert.equal(peer([], '::ffff:192.0.2.1').address, '192.0.2.1')
    assert.equal(peer([], '2001:db8::1').address, '2001:db8::1')
  })
})
