#!/usr/bin/env node
import { parseArgs } from 'node:util'
import type { Logger } from 'pino'
import { type Config, ConfigError, environment, readConfig } from './config.ts'
import { systemClock } from './ports/clock.ts'
import { type Server, startServer } from './server.ts'
import { plainSettings } from './settings-table.ts'
import { makeLog } from './telemetry/log.ts'
import { version } from './version.ts'

const help = `Parlance, a real-time chat server.

  npm start               serves at http://127.0.0.1:8000
  npm start -- --help     prints this
  npm start -- --restored the database came from a backup: clients drop what they know of later
  npm start -- --version  prints the version

Settings, from the environment or from .env in the working directory:

${plainSettings()}
`

/** Milliseconds that the server has, after the grace time, to close what it cut. */
const cutMs = 500

function main(): void | Promise<void> {
  let options: { help?: boolean; restored?: boolean; version?: boolean }
  try {
    options = parseArgs({
      options: { help: { type: 'boolean' }, restored: { type: 'boolean' }, version: { type: 'boolean' } },
    }).values
  } catch (error) {
    return stop(2, `${messageOf(error)} Try --help.`)
  }
  if (options.help === true) return void process.stdout.write(help)
  if (options.version === true) return void process.stdout.write(`${version}\n`)
  let config: Config
  try {
    config = readConfig(environment(), process.stdout.isTTY)
  } catch (error) {
    if (error instanceof ConfigError) return stop(1, error.message)
    throw error
  }
  return serve(config, options.restored === true)
}

async function serve(config: Config, restored: boolean): Promise<void> {
  // What is written from here on is for this user alone: the database holds what people said.
  process.umask(0o077)
  const log = makeLog(config)
  const fail = (error: unknown) => {
    log.fatal({ err: error }, 'The server failed.')
    process.exit(1)
  }
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
  try {
    const server = await startServer(config, log, { restored })
    void server.failed.then(fail)
    const signals = { SIGINT: 130, SIGTERM: 143 } as const
    let isStopping = false
    for (const [signal, status] of Object.entries(signals)) {
      process.on(signal, () => {
        // A second signal is somebody who does not want to wait.
        if (isStopping) process.exit(status)
        isStopping = true
        end(server, log, signal, config.shutdownGraceMs)
      })
    }
    log.info(`Parlance ${version} listens on ${server.url}`)
  } catch (error) {
    stop(1, startFault(error, config))
  }
}

/** Drains the server and ends the process; what holds out beyond the grace time is cut, and loses no message. */
function end(server: Server, log: Logger, signal: string, graceMs: number): void {
  log.info(`${signal}: finishing what is under way, for ${graceMs} ms at most.`)
  systemClock.after(graceMs + cutMs, () => {
    log.warn('The grace time is over: what is still open is cut.')
    process.exit(0)
  })
  server[Symbol.asyncDispose]().then(
    () => {
      log.info('Stopped.')
      process.exit(0)
    },
    (error: unknown) => {
      log.fatal({ err: error }, 'The shutdown failed.')
      process.exit(1)
    },
  )
}

/** Why the server could not start, in one sentence. */
function startFault(error: unknown, { host, port }: Config): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const place = `${host}:${port}`
  if (code === 'EADDRINUSE')
    return `Something else listens on ${place}: stop it, or set PORT to another port.`
  if (code === 'EACCES') return `This user may not listen on ${place}: set PORT to one above 1023.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST ${host} is no address of this machine.`
  return `The server could not start: ${messageOf(error)}`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function stop(status: number, sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(status)
}

await main()
