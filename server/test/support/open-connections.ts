/** How many native sockets a server has: each counts until what it asked for is done, closed or not. */
export async function openConnections({ url }: { readonly url: string }): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text()
  return Number(/^parlance_connections\{dialect="native"\} (\d+)$/m.exec(metrics)?.[1] ?? 0)
}
