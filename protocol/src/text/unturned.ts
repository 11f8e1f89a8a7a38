/** Turns the direction of what follows, over the end of what somebody wrote: embeddings, overrides, isolates. */
const turning = /[\u202a-\u202e\u2066-\u2069]/g

/** A text that reads in the order in which it is written: each is isolated by the page, none turns itself. */
export function unturned(text: string): string {
  return text.replace(turning, '')
}
