import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openStage } from './support.ts'

describe('the web app’s policy', () => {
  it('is kept by every page, and nobody else is asked', async () => {
    await using stage = await openStage({ isWhole: true })
    const { page } = await stage.person('Ann')
    await page.getByRole('navigation').first().waitFor({ state: 'attached' })
    const answer = await page.request.get('/')
    assert.match(answer.headers()['content-security-policy'] ?? '', /trusted-types parlance/)
  })
})
