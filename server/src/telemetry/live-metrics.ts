import { Counter, Gauge, type Registry } from 'prom-client'

/** What of the live side is measured; the hub has it. */
export interface Measured {
  readonly connections: Iterable<{
    readonly dialect: { readonly id: string }
    readonly wire: { readonly queuedBytes: number }
  }>
  readonly roomCount: number
  readonly batch: { readonly deliveries: number; readonly slowCloses: number }
}

/** Metrics that are read from the hub when they are asked for, so that keeping them costs nothing. */
export function addLiveMetrics(registry: Registry, hub: Measured): void {
  const registers = [registry]
  new Gauge({
    name: 'parlance_connections',
    help: 'Open sockets.',
    labelNames: ['dialect'] as const,
    registers,
    collect() {
      this.reset()
      for (const { dialect } of hub.connections) this.inc({ dialect: dialect.id })
    },
  })
  new Gauge({
    name: 'parlance_queue_bytes',
    help: 'Bytes that wait in sockets.',
    registers,
    collect() {
      this.set(0)
      for (const { wire } of hub.connections) this.inc(wire.queuedBytes)
    },
  })
  new Gauge({
    name: 'parlance_rooms',
    help: 'Rooms with a listener on this node.',
    registers,
    collect() {
      this.set(hub.roomCount)
    },
  })
  new Counter({
    name: 'parlance_deliveries_total',
    help: 'Frames handed to sockets: one for each event or signal and listener.',
    registers,
    collect() {
      this.reset()
      this.inc(hub.batch.deliveries)
    },
  })
  new Counter({
    name: 'parlance_slow_closes_total',
    help: 'Sockets closed as too slow.',
    registers,
    collect() {
      this.reset()
      this.inc(hub.batch.slowCloses)
    },
  })
}
