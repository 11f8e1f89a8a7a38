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
}
