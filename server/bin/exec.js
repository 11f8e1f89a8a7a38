#!/usr/bin/env node
// What `exec` is where a shell has none: `npm start` on Windows finds it in node_modules/.bin. Other shells have their own,
// which puts the server in the place of the shell, so that a signal to npm's child reaches it. Plain JavaScript.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const [program, ...args] = process.argv.slice(2)
if (program === undefined) throw new Error('exec: a program and its arguments are needed.')
const child = spawn(program === 'node' ? process.execPath : program, args, { stdio: 'inherit' })
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    // Windows gives Ctrl-C to everybody in the console; to pass it on would be to kill.
    if (process.platform !== 'win32') child.kill(signal)
  })
}
child.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal])
})
