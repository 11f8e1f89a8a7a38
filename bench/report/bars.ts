import type { Figure } from '../shapes/shape.ts'
import { median } from './statistics.ts'

/** What has to hold, and what was measured. */
export interface BarMet {
  readonly name: string
  readonly unit: string
  readonly bound: 'at most' | 'at least'
  readonly bar: number
  readonly measured: number
  readonly met: boolean
}

interface Bar {
  readonly name: string
  readonly unit: string
  readonly bound: 'at most' | 'at least'
  readonly bar: number
  /** The values of each round; empty where it was not measured. */
  values(figures: Figures): readonly number[]
}

type Figures = readonly Figure[]
const cpu = 'CPU per delivery'

function valuesOf(figures: Figures, shape: string, server: string, what: string): readonly number[] {
  return (
    figures.find((one) => one.shape === shape && one.server === server && one.what === what)?.values ?? []
  )
}

/** Round by round, so that both sides of a ratio were measured close to each other. */
function ratio(above: readonly number[], below: readonly number[]): readonly number[] {
  return above.slice(0, below.length).map((value, round) => value / (below[round] ?? Number.NaN))
}

function against(part: string, server: string, other: string, bar: number): Bar {
  const shape = `fanout ${part}`
  return {
    name: `${shape}: ${server} against ${other}`,
    unit: '×',
    bound: 'at most',
    bar,
    values: (figures) => ratio(valuesOf(figures, shape, server, cpu), valuesOf(figures, shape, other, cpu)),
  }
}

function plain(
  shape: string,
  server: string,
  what: string,
  unit: string,
  bar: number,
  bound: Bar['bound'] = 'at most',
): Bar {
  const values = (figures: Figures) => valuesOf(figures, shape, server, what)
  return { name: `${shape}: ${server}, ${what}`, unit, bound, bar, values }
}

/** How much more a delivery costs in a room of 10,000 members than in one of 100. */
function growth(figures: Figures, server: string): readonly number[] {
  return ratio(valuesOf(figures, 'scale 10000', server, cpu), valuesOf(figures, 'scale 100', server, cpu))
}

const overWs = { a: 0.95, b: 0.11, c: 0.02, d: 0.04, e: 0.25 }
const overLimit = { a: 1.3, b: 1.3, c: 1.3, d: 1.3, e: 2 }
const storedFactor = 1.4

const bars: readonly Bar[] = [
  ...Object.entries(overWs).map(([part, bar]) => against(part, 'Parlance', 'ws loop', bar)),
  ...Object.entries(overLimit).map(([part, bar]) => against(part, 'Parlance', 'C, epoll', bar)),
  ...Object.keys(overWs).map((part) => against(part, 'Parlance, stored', 'Parlance', storedFactor)),
  {
    name: 'scale: 10,000 members against 100, CPU per delivery',
    unit: '×',
    bound: 'at most',
    bar: 1.2,
    values: (figures) => growth(figures, 'Parlance'),
  },
  {
    name: 'scale: that growth against the growth of C, epoll',
    unit: '×',
    bound: 'at most',
    bar: 1.2,
    values: (figures) => ratio(growth(figures, 'Parlance'), growth(figures, 'C, epoll')),
  },
  plain('durable', 'Parlance, /ws/chat', 'acknowledged', '/s', 40_000, 'at least'),
  plain('durable', 'Parlance, native', 'acknowledged', '/s', 40_000, 'at least'),
  {
    name: 'durable: Parlance, /ws/chat against bare ws and SQLite, acknowledged',
    unit: '×',
    bound: 'at least',
    bar: 1 / 3,
    values: (figures) =>
      ratio(
        valuesOf(figures, 'durable', 'Parlance, /ws/chat', 'acknowledged'),
        valuesOf(figures, 'durable', 'bare ws and SQLite', 'acknowledged'),
      ),
  },
  plain('latency', 'Parlance, /ws/chat', 'a lone message, p99', 'ms', 5),
  plain('latency', 'Parlance, /ws/chat', 'at half of the saturation load, p99', 'ms', 25),
  plain('idle', 'Parlance, text rooms', 'memory of a connection', 'kB', 10),
  plain('idle', 'Parlance, native', 'memory of a connection', 'kB', 10),
  plain('idle', 'Parlance, Socket.IO', 'memory of a connection', 'kB', 20),
  plain('idle', 'Parlance, native', 'CPU for 10000', '% of a core', 2),
  plain('history', 'Parlance', 'page of 50, p99', 'ms', 5),
  plain('reconnect', 'Parlance, native', 'caught up, p95', 'ms', 3_000),
  plain('reconnect', 'Parlance, native', 'lost', 'clients', 0),
  plain('reconnect', 'Parlance, native', 'doubled', 'events', 0),
  plain('jitter', 'Parlance, native', 'delivered once and in order', '%', 100, 'at least'),
  plain('jitter', 'Parlance, native', 'p95', 'ms', 1_900),
  plain('jitter', 'Parlance, native', 'p99', 'ms', 2_700),
  {
    name: 'slow: p99 of the others, with one that never reads against none',
    unit: '×',
    bound: 'at most',
    bar: 1.1,
    values: (figures) =>
      ratio(
        valuesOf(figures, 'slow', 'Parlance', 'one never reads: p99 of the others'),
        valuesOf(figures, 'slow', 'Parlance', 'all read: p99 of the others'),
      ),
  },
  {
    name: 'slow: what waits for the one that never reads, beyond what waits without it',
    unit: 'MiB',
    bound: 'at most',
    bar: 1,
    values: (figures) => {
      const without = valuesOf(figures, 'slow', 'Parlance', 'all read: most that waited')
      const most = valuesOf(figures, 'slow', 'Parlance', 'one never reads: most that waited')
      return most.slice(0, without.length).map((value, round) => value - (without[round] ?? Number.NaN))
    },
  },
  plain('slow', 'Parlance', 'closed as slow', 'of 1', 1, 'at least'),
  plain('start', 'Parlance', 'start to ready', 'ms', 1_000),
]

/** Every bar that these figures say something about. */
export function barsMet(figures: Figures): readonly BarMet[] {
  return bars.flatMap(({ name, unit, bound, bar, values }) => {
    const measured = median(values(figures))
    if (Number.isNaN(measured)) return []
    const met = bound === 'at most' ? measured <= bar : measured >= bar
    return [{ name, unit, bound, bar, measured, met }]
  })
}
