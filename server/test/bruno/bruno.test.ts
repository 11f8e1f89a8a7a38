import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { ask } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { DocumentedAnswers } from './documented-answers.ts'

/** What the command line reports of one request. */
interface Run {
  readonly test: { readonly filename: string }
  readonly request: { readonly method: string; readonly url: string }
  readonly response: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly data: unknown
  }
  readonly error: string | null
  readonly assertionResults: readonly {
    readonly lhsExpr: string
    readonly rhsExpr: string
    readonly status: 'pass' | 'fail'
    readonly error?: string
  }[]
}

const collection = join(import.meta.dirname, '../../../bruno')
const cli = join(dirname(createRequire(import.meta.url).resolve('@usebruno/cli/package.json')), 'bin/bru.js')

let server: TestServer
let documented: DocumentedAnswers
let exitCode: number
let runs: readonly Run[]

/** Runs the whole collection as its users do; gives the exit code and the report. */
async function runCollection(report: string): Promise<number> {
  const where = ['--env', 'local', '--env-var', `baseUrl=${server.url}`]
  const how = ['-r', '--reporter-json', report]
  const bru = spawn(process.execPath, [cli, 'run', ...how, ...where], { cwd: collection, stdio: 'ignore' })
  const [code] = await once(bru, 'exit')
  return code
}

before(async () => {
  server = await startTestServer()
  documented = new DocumentedAnswers((await ask(server, 'GET', '/openapi.json')).body)
  await using folder = await temporaryFolder()
  const report = join(folder.path, 'report.json')
  exitCode = await runCollection(report)
  runs = JSON.parse(await readFile(report, 'utf8')).flatMap(({ results }: { results: Run[] }) => results)
})

after(() => server[Symbol.asyncDispose]())

const isDone = ({ response: { status } }: Run) => status >= 200 && status < 300

describe('the Bruno collection', () => {
  it('[DI1] holds against the live server, in its order', (t) => {
    const assertions = runs.flatMap(({ test, assertionResults }) =>
      assertionResults.map((result) => ({ ...result, file: test.filename })),
    )
    const failed = assertions.filter(({ status }) => status !== 'pass')
    assert.deepEqual(
      failed.map(({ file, lhsExpr, rhsExpr, error }) => `${file}: ${lhsExpr}: ${rhsExpr}: ${error}`),
      [],
    )
    assert.deepEqual(
      runs.filter(({ error }) => error !== null).map(({ test, error }) => `${test.filename}: ${error}`),
      [],
    )
    assert.ok(runs.length >= 130 && assertions.length >= 400)
    assert.equal(exitCode, 0)
    t.diagnostic(`${runs.length} requests, ${assertions.length} assertions`)
  })

  it('[DI1] asks something of every request', () => {
    const silent = runs.filter(({ assertionResults }) => assertionResults.length === 0)
    assert.deepEqual(
      silent.map(({ test }) => test.filename),
      [],
    )
  })

  it('[DI1] has a request that succeeds for every operation of the document', () => {
    const done = new Set(runs.filter(isDone).map(({ request }) => documented.operationOf(request)?.name))
    assert.deepEqual(
      documented.names.filter((name) => !done.has(name)),
      [],
    )
  })

  it('[DI1] is answered with what the document says', () => {
    const faults = runs.flatMap(({ test, request, response }) => {
      const fault = documented.faultOf(request, response)
      return fault === undefined ? [] : [`${test.filename}: ${fault}`]
    })
    assert.deepEqual(faults, [])
  })
})
