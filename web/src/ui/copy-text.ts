/** Copies a text. A page that came without encryption has no clipboard: there it is selected, and the browser copies that. */
export async function copyText(text: string): Promise<void> {
  if (isSecureContext) return navigator.clipboard.writeText(text)
  const copied = document.createElement('pre')
  copied.className = 'visually-hidden'
  copied.textContent = text
  document.body.append(copied)
  getSelection()?.selectAllChildren(copied)
  const isDone = document.execCommand('copy')
  copied.remove()
  if (!isDone) throw new Error('The browser does not copy.')
}
