/** The connection. */
export const offline = {
  away: 'No connection. What you send is kept and goes out later.',
  notKept: 'Not available offline. It loads when you are connected again.',
  trying: 'Connecting…',
  tryingIn: (seconds: number) => `Next try in ${seconds} s`,
  tryNow: 'Try now',
  back: 'Connected again.',
  crashed: 'Something went wrong here.',
  reload: 'Reload the page',
  refused: 'The server has closed the connection.',
  /** By the code with which the server closed (PROTOCOL.md, close codes). */
  refusedBy: {
    4500: 'This page is older than the server, or the other way round. Reload it.',
    4503: 'You are banned from this server.',
    4504: 'You have too many connections at once. Close other tabs or devices and try again.',
  },
}
