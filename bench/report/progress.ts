/** A line that tells what is measured now: rewritten on a terminal, one after the other elsewhere. */
export function startProgress(out: NodeJS.WriteStream = process.stderr) {
  const startedAt = performance.now()
  return {
    tell: (text: string) => {
      const seconds = Math.round((performance.now() - startedAt) / 1_000)
      const line = `${String(seconds).padStart(4)} s  ${text}`
      out.write(out.isTTY ? `\r\u001B[K${line.slice(0, (out.columns ?? 80) - 1)}` : `${line}\n`)
    },
    clear: () => {
      if (out.isTTY) out.write('\r\u001B[K')
    },
  }
}
