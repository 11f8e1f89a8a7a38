#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { type Config, ConfigError, environment, readConfig } from './config.ts'
import { startServer } from './server.ts'
import { plainSettings } from './settings-table.ts'
import { makeLog } from './telemetry/log.ts'
import { version } from './version.ts'

const help = `Parlance, a real-time chat server.

  npm start               serves at http://127.0.0.1:8000
  npm start -- --help     prints this
  npm start -- --version  prints the version

Settings, from the environment or from .env in the working directory:

${plainSettings()}
`

function main(): void | Promise<void> {
  let options: { help?: boolean; version?: boolean }
  try {
    options = parseArgs({ options: { help: { type: 'boolean' }, version: { type: 'boolean' } } }).values
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
  return serve(config)
}

async function serve(config: Config): Promise<void> {
  const log = makeLog(config)
  const fail = (error: unknown) => {
    log.fatal({ err: error }, 'The server failed.')
    process.exit(1)
  }
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
  try {
    const server = await startServer(config, log)
    void server.failed.then(fail)
    log.info(`Parlance ${version} listens on ${server.url}`)
    const signals = { SIGINT: 130, SIGTERM: 143 } as const
    let isStopping = false
    for (const [signal, status] of Object.entries(signals)) {
      process.on(signal, () => {
        // A second signal is somebody who does not want to wait.
        if (isStopping) process.exit(status)
        isStopping = true
        log.info(`${signal}: finishing what is under way, for ${config.shutdownGraceMs} ms at most.`)
        setTimeout(() => fail(new Error('The grace time is over.')), config.shutdownGraceMs).unref()
        server[Symbol.asyncDispose]()
          .then(() => log.info('Stopped.'))
          .then(() => process.exit(0), fail)
      })
    }
  } catch (error) {
    stop(1, startFault(error, config))
  }
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
