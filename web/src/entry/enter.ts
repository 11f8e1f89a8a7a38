/** Logs in by one of the ways, and does what comes with it. Throws what the log-in throws. */
export type Enter = (logIn: () => Promise<unknown>) => Promise<void>
