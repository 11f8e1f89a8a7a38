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

/** Whether it asks for HTML by name, and for JSON less: a browser that is to show something. */
export function prefersHtml(accept: string | undefined): boolean {
  const html = Math.max(qualityOf(accept, 'text/html'), qualityOf(accept, 'application/xhtml+xml'))
  return html > 0 && html > qualityOf(accept, 'application/json')
}

/** The weight of a media type that is named, in thousandths; 0 where it is not, or not wanted. */
function qualityOf(accept = '', type: string): number {
  for (const range of accept.toLowerCase().split(',')) {
    const [name, ...parameters] = range.split(';').map((part) => part.trim())
    if (name !== type) continue
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1'
    return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(quality) ? Math.round(Number(quality) * 1_000) : 0
  }
  return 0
}
