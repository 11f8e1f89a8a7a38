// A server in a process of its own that asks the silent after a second and gives them a second to answer, for tests that
// stop it and set its clock. It prints its address; `{"stepMs":…}` sets the wall.
import { protocolLimits } from '@parlance/protocol/limits'
import { startTestServer } from './start-server.ts'

Object.assign(protocolLimits, { heartbeatMs: 1_000, heartbeatAnswerMs: 1_000 })
const { now } = Date
let steppedMs = 0
Date.now = () => now() + steppedMs
process.on('message', ({ stepMs }: { readonly stepMs: number }) => {
  steppedMs = stepMs
  process.send?.({ stepMs })
})
const { url } = await startTestServer()
process.send?.({ url })
