const schemes = new Set(['http:', 'https:', 'mailto:'])

/**
 * The address where it is one a link in a message may have: http, https or mailto, written in full. Everything else
 * (`javascript:`, `data:`, paths into this very site) is undefined: the words stay, the link goes.
 */
export function safeHref(href: string | undefined) {
  if (!href || !URL.canParse(href)) return undefined
  const url = new URL(href)
  return schemes.has(url.protocol) ? url.href : undefined
}
