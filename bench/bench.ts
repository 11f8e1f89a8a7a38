// npm run bench: measures Parlance on this machine, beside others. See docs/PERFORMANCE.md.
import { readOptions } from './options.ts'
import { barsMet } from './report/bars.ts'
import { describeMachine } from './report/machine.ts'
import { startProgress } from './report/progress.ts'
import { publish } from './report/publish.ts'
import { barRows, figureRows, plainTable } from './report/table.ts'
import { findCores } from './servers/cores.ts'
import { durable } from './shapes/durable.ts'
import { fanout } from './shapes/fanout.ts'
import { history } from './shapes/history.ts'
import { idle } from './shapes/idle.ts'
import { jitter } from './shapes/jitter.ts'
import { latency } from './shapes/latency.ts'
import { reconnect } from './shapes/reconnect.ts'
import { scale } from './shapes/scale.ts'
import type { Figure, Shape } from './shapes/shape.ts'
import { slow } from './shapes/slow.ts'
import { start } from './shapes/start.ts'

const shapes: readonly Shape[] = [
  fanout,
  scale,
  durable,
  latency,
  history,
  idle,
  reconnect,
  jitter,
  slow,
  start,
]

async function main(): Promise<void> {
  const options = readOptions(
    process.argv.slice(2),
    shapes.map(({ name }) => name),
  )
  if (typeof options === 'string') {
    console.error(options)
    process.exitCode = 2
    return
  }
  const machine = describeMachine(findCores())
  const progress = startProgress()
  const figures: Figure[] = []
  const chosen = shapes.filter(({ name }) => options.shapes.length === 0 || options.shapes.includes(name))
  for (const shape of chosen) {
    try {
      figures.push(...(await shape.measure({ ...options, cores: findCores(), progress: progress.tell })))
    } catch (error) {
      process.exitCode = 1
      progress.clear()
      console.error(`${shape.name} could not be measured: ${error instanceof Error ? error.message : error}`)
    }
  }
  progress.clear()
  // Short rounds of small numbers say nothing about the bars.
  const bars = options.quick ? [] : barsMet(figures)
  if (options.json)
    console.log(JSON.stringify({ machine, rounds: options.rounds, figures, bars }, undefined, 2))
  else {
    for (const line of machine) console.log(line)
    console.log(`\nMedians of ${options.rounds} interleaved rounds; spread: from the least to the most.\n`)
    console.log(plainTable(figureRows(figures)))
    if (bars.length > 0) console.log(`\n${plainTable(barRows(bars))}`)
  }
  if (options.publish !== undefined) await publish(options.publish, { about: machine, figures, bars })
}

await main()
