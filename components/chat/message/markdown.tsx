import { useTranslations } from 'next-intl'
import type { ComponentProps } from 'react'
import Markdown, { type Components, type Options } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { boldInScripts } from './bold-in-scripts.ts'
import { linkEnds } from './link-ends.ts'

// A single tilde is a range where it stands between figures: 3~5 seconds.
const remarkPlugins: Options['remarkPlugins'] = [
  [remarkGfm, { singleTilde: false }],
  boldInScripts,
  linkEnds,
]
const rehypePlugins = [blockDirections, () => wrapTexts]

/** A node of the tree of HTML, as far as it is looked at here. */
interface HtmlNode {
  type: string
  value?: string
  tagName?: string
  properties?: object
  children?: HtmlNode[]
}

/** Gives each text beside an element an element of its own: a translated page can then still be changed. */
function wrapTexts({ children = [] }: HtmlNode) {
  for (const child of children) wrapTexts(child)
  if (children.length < 2) return
  children.forEach((child, index) => {
    if (child.type === 'text' && child.value?.trim())
      children[index] = { type: 'element', tagName: 'span', properties: {}, children: [child] }
  })
}

const components: Components = {
  a: ({ href, children }) => {
    const address = safeHref(href)
    if (!address) return <>{children}</>
    return (
      <a href={address} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    )
  },
  // A picture would be fetched from any address a message names: its description has to do.
  img: ({ alt }) => <span>{alt}</span>,
  // A message is below the headings of the page.
  h1: 'h3',
  h2: 'h3',
  h3: 'h4',
  table: Table,
}

function Table({ children, dir }: ComponentProps<'table'>) {
  const t = useTranslations('chat.message')
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must get there
    <section tabIndex={0} aria-label={t('table')} className="overflow-x-auto">
      <table dir={dir}>{children}</table>
    </section>
  )
}

/** A message's markdown. Raw HTML is shown as text, links are checked, pictures are not loaded. */
export function MessageMarkdown({ text }: { text: string }) {
  return (
    <div className="prose-message">
      <Markdown
        remarkPlugins={remarkPlugins}
        rehypePlugins={rehypePlugins}
        components={components}
        urlTransform={(url) => url}
      >
        {text}
      </Markdown>
    </div>
  )
}

/** For rehype: each block of a message runs as its script does. */
function blockDirections() {
  return ({ children }: { children: { properties?: object }[] }) => {
    for (const block of children)
      if (block.properties) block.properties = { ...block.properties, dir: 'auto' }
  }
}

const schemes = new Set(['http:', 'https:', 'mailto:'])

/**
 * The address where it is one a link in a message may have: http, https or mailto, written in full. Everything else
 * (`javascript:`, `data:`, paths into this very site) is undefined: the text stays, the link is dropped.
 */
export function safeHref(href: string | undefined) {
  if (!href || !URL.canParse(href)) return undefined
  const url = new URL(href)
  return schemes.has(url.protocol) ? url.href : undefined
}
