import type { Metadata } from 'next'

/** A page's title is followed by the product's name, as in "API keys · Photofinish". */
export const titlesOfPages: Metadata = {
  title: { template: '%s · Photofinish', default: 'Photofinish' },
}
