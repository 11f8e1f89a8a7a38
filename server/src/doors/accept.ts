/** Whether an `Accept` header (RFC 9110 §12.5.1) asks for JSON and not for HTML. A wildcard asks for neither by name. */
export function wantsJson(accept: string | undefined): boolean {
  const wanted = (accept ?? '')
    .toLowerCase()
    .split(',')
    .map((range) => range.split(';').map((part) => part.trim()))
    .filter(([, ...parameters]) => !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter)))
    .map(([type]) => type)
  const isHtml = wanted.includes('text/html') || wanted.includes('application/xhtml+xml')
  return !isHtml && wanted.some((type) => /^application\/(?:[\w.-]+\+)?json$/.test(type ?? ''))
}
