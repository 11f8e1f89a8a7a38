import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof makeMetrics>

/** The metrics of one server, in a registry of its own: several servers may live in one process. */
export function makeMetrics() {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 10 })
  return {
    registry,
    events: new Counter({ name: 'parlance_events_total', help: 'Events committed by this node.', registers }),
    commitDrafts: new Histogram({
      name: 'parlance_commit_drafts',
      help: 'Drafts that shared one commit.',
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
      registers,
    }),
    commitSeconds: new Histogram({
      name: 'parlance_commit_seconds',
      help: 'Seconds of one commit, its fsync included.',
      buckets: [0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
      registers,
    }),
    requests: new Counter({
      name: 'parlance_http_requests_total',
      help: 'HTTP requests answered.',
      labelNames: ['method', 'route', 'status'] as const,
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'parlance_http_request_seconds',
      help: 'Seconds from a request to the end of its answer.',
      buckets: [0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
    loginsFailed: new Counter({ name: 'parlance_logins_failed_total', help: 'Log-ins refused.', registers }),
  }
}
